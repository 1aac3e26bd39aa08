package org.liverecordings.recording.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.STARTED_AT;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.on;
import static org.liverecordings.recording.store.ListedLines.free;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.liverecordings.recorder.embedded.EmbeddedCallRecorder;
import org.liverecordings.recorder.embedded.EmbeddedConfig;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.hold.HeldLinesUseCase;
import org.liverecordings.recording.pause.PauseRequest;
import org.liverecordings.recording.pause.RegistryPauseRecording;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.recording.reconcile.Reconciler;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.Script.Answer;
import org.liverecordings.recording.recorder.ScriptedRecorder;
import org.liverecordings.recording.start.RegistryStartRecording;
import org.liverecordings.recording.start.StartRequest;
import org.liverecordings.recording.stop.RegistryStopRecording;
import org.liverecordings.recording.stop.StopHolds;
import org.liverecordings.recording.stop.StopRequest;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.registry.memory.MemoryEvents;
import org.liverecordings.registry.memory.MemoryHolds;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryStopLeases;
import org.liverecordings.registry.memory.MemoryTimers;
import org.liverecordings.support.Settings;

/** What is published of requests, and of what the reconciler finds. */
class EventsOfRequestsTest {

    private static final RecordingId A = id(1);
    private static final RecordingId B = id(2);

    private final MemoryLiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final MemoryEvents events = new MemoryEvents(registry, "embedded", 100, InstantSource.system());
    private final long begin = events.latest();
    private final NotedTrail trail = new NotedTrail();
    private final AuditedRequests requests = new AuditedRequests(trail, trail, trail.keys(), events);
    private final ListedLines lines = new ListedLines(free("SEP1", "101"));
    private final ScriptedRecorder scripted = new ScriptedRecorder();
    private final CallRecorder embedded =
            new EmbeddedCallRecorder(registry, Settings.of(EmbeddedConfig.class, Map.of()));
    private final StopLeases leases = new MemoryStopLeases(
            registry,
            trail.keys(),
            Duration.ofMinutes(5),
            InstantSource.system(),
            events,
            new MemoryTimers(registry, 10, InstantSource.system()));

    private Instant now = Instant.now();
    private final Holds holds = new MemoryHolds(() -> now);

    private List<EventType> published() {
        return events.after(begin, 100).stream()
                .map(each -> each.event().type())
                .toList();
    }

    private RecordingId start(CallRecorder recorder) {
        return new RegistryStartRecording(
                        registry, lines, recorder, holds, trail, Recordings.timers(), requests, InstantSource.system())
                .start(new StartRequest(ALICE, true, "SEP1", null, null, false));
    }

    private void stop(CallRecorder recorder, RecordingId id) {
        stop(recorder, StopRequest.byId(ALICE, id.toString()));
    }

    private void stop(CallRecorder recorder, StopRequest request) {
        new RegistryStopRecording(
                        registry,
                        lines,
                        recorder,
                        leases,
                        new StopHolds(holds, false, Duration.ofHours(1)),
                        trail,
                        requests,
                        Duration.ofSeconds(5),
                        InstantSource.system())
                .stop(request);
    }

    private void pause(CallRecorder recorder, String number) {
        new RegistryPauseRecording(registry, lines, recorder, Recordings.timers(), requests)
                .pause(PauseRequest.pauseOnNumber(ALICE, number));
    }

    @Test
    void aRecordingsLifeIsPublishedInItsOrder() {
        RecordingId id = start(embedded);
        pause(embedded, "101");
        stop(embedded, id);
        assertEquals(List.of(EventType.STARTED, EventType.PAUSED, EventType.STOPPED), published());
        assertEquals(
                List.of("start", "pause", "stop"),
                events.after(begin, 100).stream()
                        .map(each -> each.event().operation())
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"OUT_OF_REACH", "REFUSED", "INCAPABLE", "BUSY"})
    void aStartThatTheRecorderDidNotCarryOutIsPublished(Answer answer) {
        scripted.answers(on("SEP1", "101"), answer);
        assertThrows(RuntimeException.class, () -> start(scripted));
        assertEquals(List.of(EventType.START_FAILED), published());
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"NO_CALL", "ALREADY_SO"})
    void ofAStartThatCouldNotBeNothingIsPublished(Answer answer) {
        scripted.answers(on("SEP1", "101"), answer);
        assertThrows(RuntimeException.class, () -> start(scripted));
        assertEquals(List.of(), published());
    }

    @Test
    void ofAPauseThatFailsInPartTheOtherPartIsPublished() {
        registry.addAll(List.of(forked(A, "SEP1", "101"), forked(B, "SEP1", "101")));
        scripted.answers(B, Answer.REPLY_LOST)
                .meanwhile(A, () -> registry.change(A, RecordingStatus.RECORDING, RecordingStatus.PAUSED));
        assertThrows(RuntimeException.class, () -> pause(scripted, "101"));
        assertEquals(List.of(EventType.PAUSED), published());
        assertEquals(A, events.after(begin, 1).get(0).event().recording());
    }

    @Test
    void aStopWhoseReplyGotLostIsPublishedAsUnknownAndThenAsStopped() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        scripted.answers(A, Answer.REPLY_LOST, Answer.NOT_LIVE);
        assertThrows(RuntimeException.class, () -> stop(scripted, A));
        stop(scripted, A);
        assertEquals(List.of(EventType.STOP_UNKNOWN, EventType.STOPPED), published());
        assertEquals(true, events.after(begin, 9).get(1).event().inferred());
    }

    @ParameterizedTest
    @CsvSource({
        "RECORDING, , ENDED",
        "PAUSED, , ENDED",
        "START_PENDING, , START_FAILED",
        "START_PENDING, RECORDING, STARTED",
        "RECORDING, PAUSED, PAUSED",
        "PAUSED, RECORDING, RESUMED"
    })
    void whatTheReconcilerFindsIsPublished(RecordingStatus entry, RecordingStatus known, EventType expected) {
        registry.addAll(List.of(forked(A, "SEP1", "101").with(entry)));
        scripted.knows(known);
        reconcile();
        assertEquals(List.of(expected), published());
    }

    @Test
    void whatWasStoppedAndNotClaimedWasPublishedBefore() {
        registry.addAll(List.of(forked(A, "SEP1", "101").with(RecordingStatus.STOPPED)));
        scripted.knows(null);
        reconcile();
        assertEquals(0, registry.count());
        assertEquals(List.of(), published());
    }

    private void reconcile() {
        reconciler(() -> STARTED_AT.plus(Duration.ofHours(1))).run((id, change) -> {});
    }

    private Reconciler reconciler(InstantSource clock) {
        return new Reconciler(
                registry,
                leases,
                scripted,
                trail,
                events,
                (job, duration) -> true,
                new Reconciler.Settings(false, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 10),
                clock);
    }

    /** What the recorder tells to be over while it is asked to start it. */
    private List<RecordingId> endsWhileItStarts(Answer answer) {
        List<RecordingId> left = new ArrayList<>();
        scripted.knows(null).answers(on("SEP1", "101"), answer).meanwhile(on("SEP1", "101"), () -> {
            List<RecordingId> begun =
                    registry.findAll().stream().map(LiveRecording::id).toList();
            left.addAll(reconciler(InstantSource.system()).checkEnded(begun, (id, change) -> {}));
        });
        return left;
    }

    @Test
    void whatIsOverBeforeItsStartIsConfirmedIsPublishedAsStartedAndEnded() {
        // Given
        List<RecordingId> left = endsWhileItStarts(Answer.DONE);
        RecordingId id = start(scripted);

        // When
        List<RecordingId> stillLeft = reconciler(InstantSource.system()).checkEnded(left, (each, change) -> {});

        // Then
        assertEquals(List.of(EventType.STARTED, EventType.ENDED), published());
        assertEquals(List.of(id), left);
        assertEquals(List.of(), stillLeft);
        assertEquals(0, registry.count());
    }

    @Test
    void whatIsOverAndThenTurnsOutNotToHaveStartedIsPublishedAsFailedOnce() {
        // Given
        List<RecordingId> left = endsWhileItStarts(Answer.REFUSED);
        assertThrows(RecorderFailedException.class, () -> start(scripted));

        // When
        List<RecordingId> stillLeft = reconciler(InstantSource.system()).checkEnded(left, (each, change) -> {});

        // Then
        assertEquals(List.of(EventType.START_FAILED), published());
        assertEquals(List.of(), stillLeft);
        assertEquals(0, registry.count());
    }

    @Test
    void whatIsOverAndWhoseStartStaysUnknownIsPublishedAsFailedOnceItsRequestIsOver() {
        // Given
        List<RecordingId> left = endsWhileItStarts(Answer.REPLY_LOST);
        assertThrows(RecorderUnavailableException.class, () -> start(scripted));
        List<RecordingId> stillLeft = reconciler(InstantSource.system()).checkEnded(left, (each, change) -> {});
        List<EventType> publishedBefore = published();

        // When
        reconciler(() -> Instant.now().plus(Duration.ofMinutes(2))).checkEnded(stillLeft, (each, change) -> {});

        // Then
        assertEquals(List.of(EventType.START_FAILED), published());
        assertEquals(List.of(), publishedBefore);
        assertEquals(1, stillLeft.size());
        assertEquals(0, registry.count());
    }

    @Test
    void aStopForWantOfConsentIsPublishedWithItsHoldAndSoIsThatSomebodyLiftsIt() {
        RecordingId id = start(embedded);
        stop(embedded, StopRequest.byId(ALICE, id.toString()).because("consent-withdrawn"));
        new HeldLinesUseCase(holds, new PermittedLines(lines), requests)
                .lift(ALICE, holds.latest(1).get(0).id().toString());
        assertEquals(
                List.of(EventType.STARTED, EventType.HOLD_PLACED, EventType.STOPPED, EventType.HOLD_LIFTED),
                published());
        assertEquals(
                List.of("start", "stop", "stop", "lift-hold"),
                events.after(begin, 100).stream()
                        .map(each -> each.event().operation())
                        .toList());
    }

    @Test
    void thatAHoldIsOverIsPublishedBeforeTheNextOneOnItsLine() {
        holds.put(List.of(on("SEP1", "101")), "legal", "bob", Duration.ofHours(1));
        now = now.plus(Duration.ofHours(1));
        registry.addAll(List.of(forked(A, "SEP1", "101")));

        stop(embedded, StopRequest.byId(ALICE, A.toString()).because("consent-withdrawn"));

        assertEquals(List.of(EventType.HOLD_ENDED, EventType.HOLD_PLACED, EventType.STOPPED), published());
        assertEquals(
                List.of("STOP alice", "END_HOLD live-recordings", "PUT_HOLD alice"),
                trail.everAsked().stream()
                        .map(asked -> asked.operation() + " " + asked.caller().name())
                        .toList());
    }

    @Test
    void aHoldOfAStopThatStoppedNothingIsPublishedAsLifted() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        scripted.answers(A, Answer.NOT_LIVE);
        assertThrows(
                NoLiveRecordingException.class,
                () -> stop(scripted, StopRequest.byId(ALICE, A.toString()).because("consent-withdrawn")));
        assertEquals(List.of(EventType.HOLD_PLACED, EventType.ENDED, EventType.HOLD_LIFTED), published());
    }
}
