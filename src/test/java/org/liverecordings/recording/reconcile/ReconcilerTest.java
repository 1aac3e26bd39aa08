package org.liverecordings.recording.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.STOP;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.reconcile.Reconciler.Change;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.ScriptedRecorder;
import org.liverecordings.recording.recorder.UnaskedRecorder;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Earlier;
import org.liverecordings.recording.store.StopLeases.Unsettled;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.registry.memory.MemoryIdempotencyKeys;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.support.TestLeases;

class ReconcilerTest {

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration REQUEST = Duration.ofSeconds(3);
    private static final Duration KEEP = Duration.ofMinutes(5);
    private static final RecordingId A = id(1);
    private static final RecordingId B = id(2);
    private static final Duration ASKING = Duration.ofSeconds(6);
    private static final RecordingTarget TARGET = new RecordingTarget.ById(A);

    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private int holdsFor = Integer.MAX_VALUE;
    private boolean unsettledOnly;
    private final LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final StopLeases leases =
            TestLeases.of(registry, new MemoryIdempotencyKeys(KEEP, 10, () -> now), KEEP, () -> now);
    private final ScriptedRecorder recorder = new ScriptedRecorder();
    private final Map<RecordingId, Change> reported = new HashMap<>();
    private UnitOfWork unitOfWork = UnitOfWork.oneAfterTheOther();

    @Test
    void whatTheRecorderNoLongerKnowsDisappears() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        recorder.knows(null);
        assertEquals(Map.of(A, Change.REMOVED), run(recorder).changes());
        assertEquals(0, registry.count());
    }

    @ParameterizedTest
    @EnumSource(
            value = RecordingStatus.class,
            names = {"RECORDING", "PAUSED"})
    void whatTheRecorderKnowsStays(RecordingStatus known) {
        registry.addAll(List.of(forked(A, "SEP1", "101").with(known)));
        recorder.knows(known);
        Reconciler.Report report = run(recorder);
        assertEquals(new Reconciler.Report(1, 0, Map.of()), report);
        assertEquals(1, registry.count());
    }

    @Test
    void whatTheRecorderPausedWithoutSayingSoIsPaused() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        recorder.knows(RecordingStatus.PAUSED);
        assertEquals(Map.of(A, Change.CORRECTED), run(recorder).changes());
        assertEquals(RecordingStatus.PAUSED, registry.find(A).orElseThrow().status());
    }

    @Test
    void whatTheRecorderSaysIsOverDisappearsWhoeverHoldsTheJob() {
        registry.addAll(List.of(forked(A, "SEP1", "101"), forked(B, "SEP1", "102")));
        recorder.knows(null);
        holdsFor = 0;
        reconciler(recorder).checkEnded(List.of(A), reported::put);
        assertEquals(Map.of(A, Change.REMOVED), reported);
        assertEquals(
                List.of(B), registry.findAll().stream().map(LiveRecording::id).toList());
    }

    @Test
    void ofSomeEntriesThoseThatTheRecorderNoLongerKnowsDisappear() {
        registry.addAll(List.of(forked(A, "SEP1", "101"), forked(B, "SEP1", "102")));
        recorder.knows(null);
        holdsFor = 0;
        reconciler(recorder).check(entry -> entry.id().equals(B), reported::put);
        assertEquals(Map.of(B, Change.REMOVED), reported);
        assertEquals(
                List.of(A), registry.findAll().stream().map(LiveRecording::id).toList());
    }

    @Test
    void whatARecorderOutOfReachMayKnowStays() {
        registry.addAll(List.of(forked(A, "SEP1", "101"), startPending(id(2))));
        recorder.knowsNot(new RecorderUnavailableException("out of reach", false, null));
        assertEquals(new Reconciler.Report(2, 2, Map.of()), run(recorder));
        assertEquals(2, registry.count());
    }

    @Test
    void aRegistryOutOfReachIsReported() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        recorder.knowsNot(new StoreUnavailableException("down", null));
        assertThrows(StoreUnavailableException.class, () -> run(recorder));
    }

    // Start pending

    @Test
    void aStartThatTheRecorderKnowsNothingOfFailed() {
        registry.addAll(List.of(startPending(A)));
        recorder.knows(null);
        assertEquals(Map.of(A, Change.START_FAILED), run(recorder).changes());
        assertEquals(0, registry.count());
    }

    @Test
    void aStartThatTheRecorderKnowsIsRecording() {
        registry.addAll(List.of(startPending(A)));
        recorder.knows(RecordingStatus.PAUSED);
        assertEquals(Map.of(A, Change.STARTED), run(recorder).changes());
        assertEquals(RecordingStatus.PAUSED, registry.find(A).orElseThrow().status());
    }

    @Test
    void aStartThatMayStillBeOnItsWayIsLeftAlone() {
        registry.addAll(List.of(startPending(A)));
        recorder.knows(null);
        now = Recordings.STARTED_AT.plus(GRACE);
        assertEquals(0, run(recorder).checked());
        assertEquals(1, registry.count());
    }

    @Test
    void aStartThatMayStillBeConfirmedIsLeftAloneThoughItIsOver() {
        // Given
        registry.addAll(List.of(startPending(A), forked(B, "SEP1", "101")));
        recorder.knows(null);
        now = Recordings.STARTED_AT.plus(REQUEST);

        // When
        List<RecordingId> left = reconciler(recorder).checkEnded(List.of(A, B), reported::put);

        // Then
        assertEquals(List.of(A), left);
        assertEquals(Map.of(B, Change.REMOVED), reported);
        assertEquals(
                RecordingStatus.START_PENDING, registry.find(A).orElseThrow().status());
    }

    @Test
    void whatIsOverHasEndedOnceItsStartIsConfirmed() {
        // Given
        registry.addAll(List.of(startPending(A)));
        recorder.knows(null);
        now = Recordings.STARTED_AT.plus(REQUEST);
        List<RecordingId> left = reconciler(recorder).checkEnded(List.of(A), reported::put);
        registry.change(A, RecordingStatus.START_PENDING, RecordingStatus.RECORDING);

        // When
        List<RecordingId> stillLeft = reconciler(recorder).checkEnded(left, reported::put);

        // Then
        assertEquals(List.of(), stillLeft);
        assertEquals(Map.of(A, Change.REMOVED), reported);
        assertEquals(0, registry.count());
    }

    @Test
    void whatIsPausedWhileItIsFoundToBeOverIsLookedAtAgain() {
        // Given
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        CallRecorder pausing = new Asked(() -> {
            registry.change(A, RecordingStatus.RECORDING, RecordingStatus.PAUSED);
            return Optional.empty();
        });

        // When
        List<RecordingId> left = reconciler(pausing).checkEnded(List.of(A), reported::put);

        // Then
        assertEquals(List.of(A), left);
        assertEquals(Map.of(), reported);
    }

    @Test
    void whatIsOverFailedToStartIfNobodyConfirmsItInTime() {
        // Given
        registry.addAll(List.of(startPending(A)));
        recorder.knows(null);
        now = Recordings.STARTED_AT.plus(REQUEST).plusNanos(1);

        // When
        List<RecordingId> left = reconciler(recorder).checkEnded(List.of(A), reported::put);

        // Then
        assertEquals(List.of(), left);
        assertEquals(Map.of(A, Change.START_FAILED), reported);
        assertEquals(0, registry.count());
    }

    @Test
    void howeverManyAreReportedToBeOverAllOfThemDisappear() {
        for (int i = 1; i <= 5; i++) {
            registry.addAll(List.of(forked(id(i), "SEP1", "101")));
        }
        recorder.knows(null);
        reconciler(recorder).checkEnded(List.of(id(9), id(1), id(2), id(3), id(5)), reported::put);
        assertEquals(Set.of(id(1), id(2), id(3), id(5)), reported.keySet());
        assertEquals(
                List.of(id(4)),
                registry.findAll().stream().map(LiveRecording::id).toList());
    }

    @Test
    void aStartThatIsConfirmedMeanwhileStays() {
        registry.addAll(List.of(startPending(A)));
        CallRecorder confirming = new Asked(() -> {
            registry.change(A, RecordingStatus.START_PENDING, RecordingStatus.RECORDING);
            return Optional.empty();
        });
        assertEquals(Map.of(), run(confirming).changes());
        assertEquals(1, registry.count());
    }

    // Stops

    @Test
    void whatIsBeingStoppedIsLeftAlone() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        take();
        recorder.knows(null);
        assertEquals(Map.of(), run(recorder).changes());
        assertEquals(1, registry.count());
    }

    @Test
    void aStopWhoseHolderDiedWaitsForWhoeverRepeatsIt() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        take();
        now = now.plus(ASKING).plus(KEEP).minusMillis(1);
        recorder.knows(null);
        assertEquals(Map.of(), run(recorder).changes());
        assertEquals(new Earlier(true, false), take());
    }

    @Test
    void aStopWithAnUnknownOutcomeWaitsForWhoeverRepeatsIt() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        unknownFor(KEEP.minusMillis(1));
        recorder.knows(null);
        assertEquals(Map.of(), run(recorder).changes());
        assertEquals(new Earlier(true, false), take());
    }

    @Test
    void aStopThatTookEffectAndIsNotRepeatedIsOver() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        unknownFor(KEEP);
        recorder.knows(null);
        assertEquals(Map.of(A, Change.REMOVED), run(recorder).changes());
        assertEquals(0, registry.count());
    }

    @Test
    void aStopThatTheRecorderConfirmedAndNobodyClaimedIsOver() {
        unsettledOnly = true;
        registry.addAll(List.of(forked(A, "SEP1", "101").with(RecordingStatus.STOPPED)));
        unknownFor(KEEP);
        recorder.knows(null);
        assertEquals(Map.of(A, Change.REMOVED), run(recorder).changes());
        assertEquals(0, registry.count());
    }

    @Test
    void aStopThatEndsUnknownMeanwhileKeepsItsEntry() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        CallRecorder stopping = new Asked(() -> {
            unknownFor(Duration.ZERO);
            return Optional.empty();
        });
        assertEquals(Map.of(), run(stopping).changes());
        assertEquals(1, registry.count());
    }

    // Which entries, and who

    @Test
    void ofARecorderThatKeepsNothingElseOnlyWhatIsUnsettledIsChecked() {
        unsettledOnly = true;
        registry.addAll(List.of(forked(A, "SEP1", "101"), forked(id(2), "SEP1", "101"), startPending(id(3))));
        recorder.knows(RecordingStatus.RECORDING);
        assertEquals(new Reconciler.Report(1, 0, Map.of(id(3), Change.STARTED)), run(recorder));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 100})
    void everyEntryIsCheckedHoweverManyThereAre(int entries) {
        for (int i = 1; i <= entries; i++) {
            registry.addAll(List.of(forked(id(i), "SEP1", "101")));
        }
        recorder.knows(null);
        assertEquals(entries, run(recorder).checked());
        assertEquals(0, registry.count());
    }

    @Test
    void whoDoesntHoldTheJobDoesNothing() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        recorder.knows(null);
        holdsFor = 0;
        assertEquals(Optional.empty(), reconciler(recorder).run(reported::put));
        assertEquals(1, registry.count());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoIsRelievedLeavesTheRestToTheNext(boolean onlyWhatIsUnsettled) {
        unsettledOnly = onlyWhatIsUnsettled;
        for (int i = 1; i <= 5; i++) {
            registry.addAll(List.of(startPending(id(i))));
        }
        recorder.knows(null);
        holdsFor = 3;
        assertEquals(4, run(recorder).checked());
        assertEquals(1, registry.count());
    }

    @ParameterizedTest
    @CsvSource({"PT30S, PT5.5S, PT1M", "PT1S, PT5.5S, PT11S", "PT5.5S, PT5.5S, PT11S"})
    void aLeaseOutlivesThePauseBetweenTwoRunsAndTheRecorder(Duration interval, Duration answer, Duration lease) {
        assertEquals(lease, Reconciler.Settings.lease(interval, answer));
    }

    // What is reported

    @Test
    void whatTookEffectIsReportedEvenIfTheStoreEndsTheRunAfterwards() {
        registry.addAll(List.of(forked(A, "SEP1", "101"), forked(id(2), "SEP1", "101"), forked(id(3), "SEP1", "101")));
        recorder.knows(null);
        AtomicInteger runs = new AtomicInteger();
        unitOfWork = work -> {
            work.run();
            if (runs.incrementAndGet() == 2) {
                throw new StoreUnavailableException("down at the commit", null);
            }
        };
        assertThrows(StoreUnavailableException.class, () -> run(recorder));
        assertEquals(Map.of(A, Change.REMOVED), reported);
    }

    @Test
    void ofWorkThatIsRunAgainTheLastRunIsReported() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        recorder.knows(null);
        unitOfWork = work -> {
            work.run();
            registry.addAll(List.of(forked(A, "SEP1", "101")));
            take();
            work.run();
        };
        assertEquals(new Reconciler.Report(1, 0, Map.of()), run(recorder));
        assertEquals(Map.of(), reported);
    }

    private static final UUID HOLDER = new UUID(7, 7);

    private Earlier take() {
        return leases.take(HOLDER, Set.of(TARGET), null, ASKING).get(TARGET);
    }

    private void unknownFor(Duration age) {
        take();
        leases.giveBack(new Unsettled(HOLDER, Set.of(), Set.of(TARGET), Set.of(), STOP));
        now = now.plus(age);
    }

    private Reconciler.Report run(CallRecorder asked) {
        Reconciler.Report report = reconciler(asked).run(reported::put).orElseThrow();
        assertEquals(reported, report.changes());
        return report;
    }

    private Reconciler reconciler(CallRecorder asked) {
        return new Reconciler(
                registry,
                leases,
                asked,
                unitOfWork,
                Events.NONE,
                (job, duration) -> holdsFor-- > 0,
                new Reconciler.Settings(unsettledOnly, GRACE, REQUEST, Duration.ofMinutes(1), 2),
                () -> now);
    }

    private static LiveRecording startPending(RecordingId id) {
        return forked(id, "SEP2", "102").with(RecordingStatus.START_PENDING);
    }

    /** A recorder that is asked for a status, while something else happens. */
    private static final class Asked extends UnaskedRecorder {

        private final Supplier<Optional<RecordingStatus>> answer;

        Asked(Supplier<Optional<RecordingStatus>> answer) {
            this.answer = answer;
        }

        @Override
        public CompletionStage<Optional<RecordingStatus>> status(RecordingId id) {
            return CompletableFuture.completedStage(answer.get());
        }
    }
}
