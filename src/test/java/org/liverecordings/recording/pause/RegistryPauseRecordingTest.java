package org.liverecordings.recording.pause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.BOB;
import static org.liverecordings.recording.Recordings.dialIn;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.manager;
import static org.liverecordings.recording.pause.PauseRequest.pauseById;
import static org.liverecordings.recording.pause.PauseRequest.pauseOnNumber;
import static org.liverecordings.recording.pause.PauseRequest.resumeById;
import static org.liverecordings.recording.pause.PauseRequest.resumeOnNumber;
import static org.liverecordings.recording.store.ListedLines.free;
import static org.liverecordings.recording.store.ListedLines.in;

import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.Script.Answer;
import org.liverecordings.recording.recorder.Script.Did;
import org.liverecordings.recording.recorder.ScriptedRecorder;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;

class RegistryPauseRecordingTest {

    private static final RecordingId A = id(1);
    private static final RecordingId B = id(2);
    private static final RecordingId C = id(3);

    private final LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final ScriptedRecorder recorder = new ScriptedRecorder();
    private final NotedTrail trail = new NotedTrail();
    private final TimerRules timers = Recordings.timers();
    private final PauseRecordingUseCase pauseRecording = new RegistryPauseRecording(
            registry,
            new ListedLines(
                    free("SEP1", "101"),
                    ListedLines.of("bob", free("SEP2", "101")),
                    ListedLines.of("carol", in("milan", free("SEP3", "103")))),
            recorder,
            timers,
            trail.requests());

    // What is paused

    @Test
    void byIdPausesThatRecording() {
        twoOnOneLine();
        pauseRecording.pause(pauseById(ALICE, A.toString()));
        assertEquals(List.of(A), recorder.asked());
        assertEquals(List.of(Did.PAUSE), recorder.operations());
        assertEquals(List.of("asked PAUSE", "begin", "confirmed " + A, "ended DONE", "commit"), trail.notes());
    }

    @Test
    void byIdResumesThatRecording() {
        twoOnOneLine();
        pauseRecording.pause(resumeById(ALICE, A.toString()));
        assertEquals(List.of(A), recorder.asked());
        assertEquals(List.of(Did.RESUME), recorder.operations());
        assertEquals(List.of(new Asked(Operation.RESUME, ALICE, A.toString(), null, null)), trail.everAsked());
    }

    @Test
    void byNumberPausesEveryRecordingOfIt() {
        twoOnOneLine();
        registry.addAll(List.of(forked(C, "SEP3", "103")));
        pauseRecording.pause(pauseOnNumber(ALICE, "101"));
        assertEquals(List.of(A, B), recorder.asked());
        assertEquals(List.of(A, B), trail.outcome().recordings());
    }

    @Test
    void byNumberResumesEveryRecordingOfIt() {
        twoOnOneLine();
        pauseRecording.pause(resumeOnNumber(ALICE, "101"));
        assertEquals(List.of(Did.RESUME, Did.RESUME), recorder.operations());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "101", "1-1-1-1-1"})
    void whatIsNoGuidIsRejected(String id) {
        PauseRejectedException rejected =
                assertThrows(PauseRejectedException.class, () -> pauseRecording.pause(pauseById(ALICE, id)));
        assertEquals(0, rejected.code());
        assertEquals(Result.REJECTED, trail.outcome().result());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void noNumberIsRejected(String number) {
        PauseRejectedException rejected =
                assertThrows(PauseRejectedException.class, () -> pauseRecording.pause(pauseOnNumber(ALICE, number)));
        assertEquals(0, rejected.code());
    }

    @Test
    void whoManagesTheGroupPausesByIdAndResumesByNumber() {
        registry.addAll(List.of(forked(C, "SEP3", "103")));
        pauseRecording.pause(pauseById(manager("milan"), C.toString()));
        pauseRecording.pause(resumeOnNumber(manager("milan"), "103"));
        assertEquals(List.of(Did.PAUSE, Did.RESUME), recorder.operations());
    }

    @Test
    void whoManagesAnotherGroupDoesnt() {
        registry.addAll(List.of(forked(C, "SEP3", "103")));
        assertThrows(NotPermittedException.class, () -> pauseRecording.pause(pauseById(manager("rome"), C.toString())));
        assertThrows(NotPermittedException.class, () -> pauseRecording.pause(resumeOnNumber(manager("rome"), "103")));
        assertEquals(List.of(), recorder.asked());
    }

    @Test
    void anIdThatIsNotRecordedIsNotLive() {
        twoOnOneLine();
        assertThrows(NoLiveRecordingException.class, () -> pauseRecording.pause(pauseById(ALICE, C.toString())));
        assertEquals(List.of(), recorder.asked());
    }

    @Test
    void aNumberThatIsNotRecordedIsNotLive() {
        twoOnOneLine();
        assertThrows(NoLiveRecordingException.class, () -> pauseRecording.pause(pauseOnNumber(ALICE, "103")));
        assertEquals(Result.NOT_LIVE, trail.outcome().result());
    }

    // Whose it is

    @Test
    void aCallerWithoutCompleteManagementPausesTheOwnRecordingsOfANumber() {
        twoOnOneLine();
        pauseRecording.pause(pauseOnNumber(BOB, "101"));
        assertEquals(List.of(B), recorder.asked());
    }

    @Test
    void aCallerWithoutCompleteManagementPausesTheOwnRecordingById() {
        twoOnOneLine();
        pauseRecording.pause(pauseById(BOB, B.toString()));
        assertEquals(List.of(B), recorder.asked());
    }

    @Test
    void aDialInWithoutDeviceIsOnTheOwnLineToo() {
        registry.addAll(List.of(dialIn(A, null, "101", RecordingOrigin.MANUAL)));
        pauseRecording.pause(pauseOnNumber(BOB, "101"));
        assertEquals(List.of(A), recorder.asked());
    }

    @Test
    void anothersRecordingNeedsCompleteManagement() {
        twoOnOneLine();
        assertThrows(NotPermittedException.class, () -> pauseRecording.pause(pauseById(BOB, A.toString())));
        assertEquals(List.of(), recorder.asked());
        assertEquals(Result.FORBIDDEN, trail.outcome().result());
    }

    @Test
    void anothersNumberNeedsCompleteManagementWhetherOrNotItIsRecorded() {
        assertThrows(NotPermittedException.class, () -> pauseRecording.pause(pauseOnNumber(BOB, "103")));
        assertEquals(Result.FORBIDDEN, trail.outcome().result());
    }

    /** As if nothing were recorded: whether it is, is none of the caller's business. */
    @Test
    void anothersRecordingOfASharedNumberIsNotTold() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        assertThrows(NoLiveRecordingException.class, () -> pauseRecording.pause(pauseOnNumber(BOB, "101")));
        assertEquals(List.of(), recorder.asked());
    }

    @Test
    void anIdThatNothingHasIsNotLive() {
        assertThrows(NoLiveRecordingException.class, () -> pauseRecording.pause(pauseById(BOB, A.toString())));
        assertEquals(Result.NOT_LIVE, trail.outcome().result());
    }

    @Test
    void theOwnRecordingThatHasJustEndedIsNotLive() {
        registry.addAll(List.of(forked(B, "SEP2", "101").with(RecordingStatus.STOPPED)));
        assertThrows(NoLiveRecordingException.class, () -> pauseRecording.pause(pauseById(BOB, B.toString())));
        assertEquals(List.of(), recorder.asked());
    }

    @Test
    void theOwnNumberThatIsNotRecordedIsNotLive() {
        assertThrows(NoLiveRecordingException.class, () -> pauseRecording.pause(pauseOnNumber(BOB, "101")));
        assertEquals(Result.NOT_LIVE, trail.outcome().result());
    }

    // Outcomes of several

    @Test
    void ifAllArePausedItIsAlreadySo() {
        twoOnOneLine();
        recorder.answers(A, Answer.ALREADY_SO).answers(B, Answer.ALREADY_SO);
        assertThrows(AlreadySoException.class, () -> pauseRecording.pause(pauseOnNumber(ALICE, "101")));
        assertEquals(Result.ALREADY_SO, trail.outcome().result());
    }

    @Test
    void oneThatIsPausedAmongSeveralIsNoFailure() {
        twoOnOneLine();
        recorder.answers(A, Answer.ALREADY_SO);
        pauseRecording.pause(pauseOnNumber(ALICE, "101"));
        assertEquals(List.of(B), trail.outcome().recordings());
    }

    @Test
    void oneThatEndedAmongSeveralIsNoFailure() {
        twoOnOneLine();
        recorder.answers(A, Answer.NOT_LIVE);
        pauseRecording.pause(pauseOnNumber(ALICE, "101"));
        assertEquals(List.of(B), trail.outcome().recordings());
    }

    @Test
    void oneThatEndedBesideOneThatIsPausedIsAlreadySo() {
        twoOnOneLine();
        recorder.answers(A, Answer.ALREADY_SO).answers(B, Answer.NOT_LIVE);
        assertThrows(AlreadySoException.class, () -> pauseRecording.pause(pauseOnNumber(ALICE, "101")));
        assertEquals(List.of(), trail.outcome().recordings());
    }

    @Test
    void ifAllEndedNoneIsLive() {
        twoOnOneLine();
        recorder.answers(A, Answer.NOT_LIVE).answers(B, Answer.NOT_LIVE);
        assertThrows(NoLiveRecordingException.class, () -> pauseRecording.pause(pauseOnNumber(ALICE, "101")));
        assertEquals(2, registry.count());
    }

    @Test
    void ifOneOfSeveralFailsTheOthersArePausedAllTheSame() {
        twoOnOneLine();
        recorder.answers(A, Answer.REPLY_LOST);
        RecorderUnavailableException failure = assertThrows(
                RecorderUnavailableException.class, () -> pauseRecording.pause(pauseOnNumber(ALICE, "101")));
        assertTrue(failure.mayHaveArrived());
        assertEquals(List.of(B), trail.outcome().recordings());
        assertEquals(Result.UNKNOWN, trail.outcome().result());
    }

    @Test
    void whatAskingAgainCantMendOutweighsWhatItCan() {
        twoOnOneLine();
        recorder.answers(A, Answer.REPLY_LOST).answers(B, Answer.REFUSED);
        RecorderFailedException failure =
                assertThrows(RecorderFailedException.class, () -> pauseRecording.pause(pauseOnNumber(ALICE, "101")));
        assertEquals("refused", failure.getMessage());
        assertTrue(failure.mayHaveArrived());
    }

    @Test
    void whatNobodyForesawIsUnknown() {
        registry.addAll(List.of(forked(A, "SEP1", "101")));
        recorder.answers(A, Answer.CANCELLED);
        RecorderFailedException failure =
                assertThrows(RecorderFailedException.class, () -> pauseRecording.pause(pauseById(ALICE, A.toString())));
        assertTrue(failure.mayHaveArrived());
        assertEquals(Result.UNKNOWN, trail.outcome().result());
    }

    private void twoOnOneLine() {
        registry.addAll(List.of(forked(A, "SEP1", "101"), forked(B, "SEP2", "101")));
    }
}
