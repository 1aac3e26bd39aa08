package org.liverecordings.recording.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.store.ListedLines.free;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.idempotency.AnswerWriter.Refusal;
import org.liverecordings.recording.idempotency.RepeatedAnswerException;
import org.liverecordings.recording.idempotency.StoredAnswer;
import org.liverecordings.recording.pause.PauseRejectedException;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.Script.Answer;
import org.liverecordings.recording.recorder.ScriptedRecorder;
import org.liverecordings.recording.start.StartRejectedException;
import org.liverecordings.recording.start.StartRejection;
import org.liverecordings.recording.stop.RegistryStopRecording;
import org.liverecordings.recording.stop.StopHolds;
import org.liverecordings.recording.stop.StopRecordingUseCase;
import org.liverecordings.recording.stop.StopRejectedException;
import org.liverecordings.recording.stop.StopRejection;
import org.liverecordings.recording.stop.StopRequest;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.registry.memory.MemoryHolds;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.support.TestLeases;

class AuditingTest {

    private static final RecordingId A = id(1);
    private static final RecordingId B = id(2);
    private static final Asked ASKED = new Asked(Operation.STOP, ALICE, null, null, "101");
    private static final StoreUnavailableException DOWN = new StoreUnavailableException("trail is down", null);

    private final NotedTrail trail = new NotedTrail();
    private final LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final ScriptedRecorder recorder = new ScriptedRecorder();

    // Through a use case

    @Test
    void whatIsAskedIsOnTheTrailBeforeAnythingIsDoneAndItsConfirmationsComeWithItsEnd() {
        twoOnOneLine();
        recorder.meanwhile(A, () -> trail.note("recorder stops " + A))
                .meanwhile(B, () -> trail.note("recorder stops " + B));
        stop("101");
        assertEquals(
                List.of(
                        "begin",
                        "asked STOP",
                        "commit",
                        "recorder stops " + A,
                        "recorder stops " + B,
                        "confirmed " + A,
                        "confirmed " + B,
                        "ended DONE"),
                trail.notes());
        assertEquals(List.of(A, B), trail.outcome().recordings());
    }

    @Test
    void whatIsAskedIsOnTheTrailInTheCallersWordsEvenIfItMakesNoSense() {
        assertThrows(StopRejectedException.class, () -> stopRecording().stop(StopRequest.byLine(ALICE, " ", "\t")));
        assertEquals(List.of(new Asked(Operation.STOP, ALICE, null, " ", "\t")), trail.everAsked());
        assertEquals(Result.REJECTED, trail.outcome().result());
        assertEquals(0, trail.outcome().reason());
    }

    @Test
    void aPartialFailureNamesWhatWasConfirmed() {
        twoOnOneLine();
        recorder.answers(A, Answer.OUT_OF_REACH);
        RecorderUnavailableException failure = assertThrows(RecorderUnavailableException.class, () -> stop("101"));
        assertEquals(Result.FAILED, trail.outcome().result());
        assertEquals(List.of(B), trail.outcome().recordings());
        assertSame(failure, trail.outcome().cause());
    }

    @Test
    void aTrailThatCantBeToldWhatIsAskedKeepsAnythingFromBeingDone() {
        twoOnOneLine();
        trail.fails("asked", DOWN);
        assertSame(DOWN, assertThrows(StoreUnavailableException.class, () -> stop("101")));
        assertEquals(List.of(), recorder.asked());
        assertEquals(2, registry.count());
        assertEquals(List.of("begin"), trail.notes());
    }

    @Test
    void whatWentWithItsUnitOfWorkIsNotedOnceThatHasFailed() {
        // Given
        trail.fails("asked", DOWN);
        // When
        assertThrows(
                StoreUnavailableException.class,
                () -> trail.requests().run(ASKED, () -> {}, audit -> {
                    try {
                        return audit.asked();
                    } catch (StoreUnavailableException e) {
                        audit.notAsked();
                        trail.fails("asked", null);
                        throw e;
                    }
                }));
        // Then
        assertEquals(List.of("asked STOP", "ended UNKNOWN"), trail.notes());
    }

    @Test
    void whoHasNoLevelAtAllIsRefusedOnTheTrail() {
        Caller nobody = new Caller("nobody", 0, null, "c");
        Asked asked = new Asked(Operation.START, nobody, null, null, "101");
        assertThrows(
                NotPermittedException.class,
                () -> trail.requests().run(asked, audit -> {
                    throw new AssertionError("nothing may be done");
                }));
        assertEquals(List.of("asked START", "ended FORBIDDEN"), trail.notes());
    }

    // How it ended

    @Test
    void whatIsDoneIsDone() {
        String result = done();
        assertEquals("done", result);
        assertEquals(
                List.of("asked STOP", "begin", "changed", "confirmed " + A, "ended DONE", "commit"), trail.notes());
        assertNull(trail.outcome().reason());
        assertNull(trail.outcome().cause());
        assertFalse(trail.outcome().duration().isNegative());
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new StopRejectedException(StopRejection.AUTOMATIC_RECORDING), Result.REJECTED, 2, false),
                Arguments.of(new StartRejectedException(StartRejection.NOT_SELECTIVE), Result.REJECTED, 4, false),
                Arguments.of(new PauseRejectedException(), Result.REJECTED, 0, false),
                Arguments.of(new NotPermittedException(), Result.FORBIDDEN, null, false),
                Arguments.of(new NoLiveRecordingException(), Result.NOT_LIVE, null, false),
                Arguments.of(new NoConnectedCallException(), Result.NOT_LIVE, null, false),
                Arguments.of(new AlreadySoException("paused"), Result.ALREADY_SO, null, false),
                Arguments.of(new RecorderUnavailableException("lost", true, null), Result.UNKNOWN, null, true),
                Arguments.of(new RecorderUnavailableException("open", false, null), Result.FAILED, null, true),
                Arguments.of(new RecorderFailedException("nonsense", true, null), Result.UNKNOWN, null, true),
                Arguments.of(new RecorderFailedException("refused", false, null), Result.FAILED, null, true),
                Arguments.of(new RecorderIncapableException(false), Result.FAILED, null, true),
                Arguments.of(new RecorderIncapableException(true), Result.FAILED, null, true),
                Arguments.of(new StoreUnavailableException("down", null), Result.UNKNOWN, null, true),
                Arguments.of(new IllegalStateException("bug"), Result.UNKNOWN, null, true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsOnTheTrailAndPassedOn(RuntimeException failure, Result result, Integer reason, boolean hasCause) {
        RuntimeException passedOn = assertThrows(failure.getClass(), () -> failing(failure));
        assertSame(failure, passedOn);
        assertEquals(result, trail.outcome().result());
        assertEquals(reason, trail.outcome().reason());
        assertSame(hasCause ? failure : null, trail.outcome().cause());
        assertEquals(List.of(), trail.outcome().recordings());
        assertFalse(trail.outcome().duration().isNegative());
    }

    static Stream<Arguments> repetitions() {
        return Stream.of(
                Arguments.of(Refusal.NONE, Result.DONE),
                Arguments.of(new Refusal(Refusal.Kind.REJECTED, 0), Result.REJECTED),
                Arguments.of(new Refusal(Refusal.Kind.REJECTED, 2), Result.REJECTED),
                Arguments.of(new Refusal(Refusal.Kind.REJECTED, null), Result.REJECTED),
                Arguments.of(new Refusal(Refusal.Kind.FORBIDDEN, null), Result.FORBIDDEN),
                Arguments.of(new Refusal(Refusal.Kind.NOT_LIVE, null), Result.NOT_LIVE),
                Arguments.of(new Refusal(Refusal.Kind.HELD, null), Result.HELD),
                Arguments.of(new Refusal(Refusal.Kind.ALREADY_SO, null), Result.ALREADY_SO));
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void anAnswerThatIsGivenAgainIsOnTheTrailAsTheFirstTime(Refusal refusal, Result result) {
        assertThrows(RepeatedAnswerException.class, () -> failing(repeated(refusal)));
        assertEquals(result, trail.outcome().result());
        assertEquals(refusal.reason(), trail.outcome().reason());
        assertTrue(trail.outcome().repetition());
        assertNull(trail.outcome().cause());
    }

    private static RepeatedAnswerException repeated(Refusal refusal) {
        return new RepeatedAnswerException(new StoredAnswer(204, null, null), refusal);
    }

    // The trail fails at the end

    @Test
    void aTrailThatFailsAtTheEndDoesntHideTheFirstFailure() {
        trail.fails("ended", DOWN);
        RecorderUnavailableException first = new RecorderUnavailableException("lost", true, null);
        RuntimeException failure = assertThrows(RuntimeException.class, () -> failing(first));
        assertSame(first, failure);
        assertArrayEquals(new Throwable[] {DOWN}, failure.getSuppressed());
    }

    @Test
    void aFailureThatCantBeWrittenWithWhatBelongsToItIsHeardOfAllTheSame() {
        AuditedRequests requests = new AuditedRequests(
                trail,
                work -> {
                    throw DOWN;
                },
                trail.keys(),
                Events.NONE);
        RecorderUnavailableException first = new RecorderUnavailableException("lost", true, null);
        RuntimeException failure = assertThrows(
                RuntimeException.class,
                () -> requests.run(ASKED, audit -> {
                    audit.confirmed(List.of(A), () -> {});
                    throw first;
                }));
        assertSame(first, failure);
        assertEquals(Result.UNKNOWN, trail.outcome().result());
    }

    @Test
    void whatCantBeNotedAsDoneIsNotToldAsDone() {
        trail.fails("ended", DOWN);
        assertSame(DOWN, assertThrows(StoreUnavailableException.class, this::done));
        assertEquals(List.of("asked STOP", "begin", "changed", "confirmed " + A), trail.notes());
    }

    /** Of an answer that is only read nobody knows whether a failover of the database would leave it. */
    @ParameterizedTest
    @ValueSource(strings = {"asked", "ended"})
    void anAnswerThatCantBeNotedAsRepeatedIsNotRepeated(String note) {
        trail.fails(note, DOWN);
        RepeatedAnswerException repeated = repeated(Refusal.NONE);
        assertSame(DOWN, assertThrows(StoreUnavailableException.class, () -> failing(repeated)));
    }

    private String done() {
        return trail.requests().run(ASKED, audit -> {
            audit.done(List.of(A), "done", () -> trail.note("changed"));
            return "done";
        });
    }

    private void failing(RuntimeException failure) {
        trail.requests().run(ASKED, audit -> {
            throw failure;
        });
    }

    private void twoOnOneLine() {
        registry.addAll(List.of(forked(A, "SEP1", "101"), forked(B, "SEP2", "101")));
    }

    private void stop(String number) {
        stopRecording().stop(StopRequest.byLine(ALICE, null, number));
    }

    private StopRecordingUseCase stopRecording() {
        return new RegistryStopRecording(
                registry,
                new ListedLines(free("SEP1", "101"), free("SEP2", "101")),
                recorder,
                TestLeases.of(registry, trail.keys(), Duration.ofMinutes(5), InstantSource.system()),
                new StopHolds(new MemoryHolds(InstantSource.system()), false, Duration.ofHours(1)),
                trail,
                trail.requests(),
                Duration.ofSeconds(5),
                InstantSource.system());
    }
}
