package org.liverecordings.recording.pause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.BOB;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.listed;
import static org.liverecordings.recording.Recordings.manager;
import static org.liverecordings.recording.Recordings.on;
import static org.liverecordings.recording.pause.PauseRequest.pauseById;
import static org.liverecordings.recording.pause.PauseRequest.pauseOnNumber;
import static org.liverecordings.recording.pause.PauseRequest.resumeById;
import static org.liverecordings.recording.pause.PauseRequest.resumeOnNumber;
import static org.liverecordings.recording.store.ListedLines.free;
import static org.liverecordings.recording.store.ListedLines.in;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.Script.Answer;
import org.liverecordings.recording.recorder.Script.Did;
import org.liverecordings.recording.recorder.ScriptedSuite;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.timer.TimerRules;

class SuitePauseRecordingTest {

    private static final RecordingId A = id(1);
    private static final RecordingId B = id(2);
    private static final RecordingId C = id(3);

    private final ScriptedSuite suite = new ScriptedSuite(null);
    private final NotedTrail trail = new NotedTrail();
    private final TimerRules timers = Recordings.timers();
    private final PauseRecordingUseCase pauseRecording = new SuitePauseRecording(
            suite,
            new ListedLines(
                    ListedLines.of("bob", free("SEP2", "101")),
                    free("SEP3", "103"),
                    ListedLines.of("carol", in("milan", free("SEP4", "101")))),
            timers,
            trail.requests());

    // With complete management

    @Test
    void anIdIsForwardedAsAnId() {
        pauseRecording.pause(pauseById(ALICE, A.toString()));
        assertEquals(List.of(A), suite.asked());
        assertEquals(List.of(Did.PAUSE), suite.operations());
        assertEquals(List.of("asked PAUSE", "begin", "confirmed " + A, "ended DONE", "commit"), trail.notes());
    }

    @Test
    void aNumberIsForwardedAsANumberAndNobodyKnowsWhatWasOnIt() {
        pauseRecording.pause(pauseOnNumber(ALICE, "101"));
        assertEquals(List.of(on(null, "101")), suite.asked());
        assertEquals(List.of("asked PAUSE", "begin", "confirmed null", "ended DONE", "commit"), trail.notes());
    }

    @Test
    void aResumeIsForwardedAsOne() {
        pauseRecording.pause(resumeOnNumber(ALICE, "101"));
        assertEquals(List.of(Did.RESUME), suite.operations());
        assertEquals(List.of(), suite.filters());
    }

    @Test
    void theSuitesRefusalIsPassedOn() {
        suite.answers(A, Answer.ALREADY_SO);
        assertThrows(AlreadySoException.class, () -> pauseRecording.pause(pauseById(ALICE, A.toString())));
        assertEquals(Result.ALREADY_SO, trail.outcome().result());
    }

    @Test
    void whatIsNoTargetIsNotForwarded() {
        PauseRequest request = pauseById(ALICE, "101");
        PauseRejectedException rejected =
                assertThrows(PauseRejectedException.class, () -> pauseRecording.pause(request));
        assertEquals(0, rejected.code());
        assertEquals(List.of(), suite.asked());
    }

    // Without

    @Test
    void theOwnRecordingIsPausedById() {
        suite.lists(listed(A, "carol"), listed(B, "Bob"));
        pauseRecording.pause(pauseById(BOB, B.toString()));
        assertEquals(List.of(B), suite.asked());
        assertEquals(List.of(Did.PAUSE), suite.operations());
    }

    @Test
    void theOwnRecordingIsResumedById() {
        suite.lists(listed(B, "Bob"));
        pauseRecording.pause(resumeById(BOB, B.toString()));
        assertEquals(List.of(Did.RESUME), suite.operations());
    }

    @Test
    void ofANumberTheOwnRecordingsArePausedOneByOne() {
        suite.lists(listed(A, "carol"), listed(B, "bob"), listed(C, "bob"));
        pauseRecording.pause(pauseOnNumber(BOB, "101"));
        assertEquals(List.of(B, C), suite.asked());
        assertEquals(List.of(ListFilter.of(null, "101", null, null)), suite.filters());
        assertEquals(List.of(B, C), trail.outcome().recordings());
    }

    @Test
    void whoManagesTheGroupPausesAndResumesItsRecordings() {
        suite.lists(listed(A, "carol"), listed(B, "bob"));
        pauseRecording.pause(pauseById(manager("milan"), A.toString()));
        pauseRecording.pause(resumeOnNumber(manager("milan"), "101"));
        assertEquals(List.of(A, A), suite.asked());
        assertEquals(List.of(Did.PAUSE, Did.RESUME), suite.operations());
    }

    @Test
    void whoManagesAnotherGroupDoesnt() {
        suite.lists(listed(A, "carol"), listed(B, "bob"));
        assertThrows(NotPermittedException.class, () -> pauseRecording.pause(pauseById(manager("rome"), A.toString())));
        assertThrows(NotPermittedException.class, () -> pauseRecording.pause(pauseOnNumber(manager("rome"), "101")));
        assertEquals(List.of(), suite.asked());
    }

    @Test
    void anothersRecordingIsNotForwarded() {
        suite.lists(listed(A, "carol"), listed(B, "bob"));
        assertThrows(NotPermittedException.class, () -> pauseRecording.pause(pauseById(BOB, A.toString())));
        assertEquals(List.of(), suite.asked());
    }

    @Test
    void aRecordingOfNobodyIsNotForwarded() {
        suite.lists(listed(A, null));
        assertThrows(NoLiveRecordingException.class, () -> pauseRecording.pause(pauseOnNumber(BOB, "101")));
        assertEquals(List.of(), suite.asked());
    }

    /** As if nothing were recorded: whether it is, is none of the caller's business. */
    @Test
    void anothersRecordingOfASharedNumberIsNotTold() {
        suite.lists(listed(A, "carol"));
        assertThrows(NoLiveRecordingException.class, () -> pauseRecording.pause(pauseOnNumber(BOB, "101")));
        assertEquals(List.of(), suite.asked());
    }

    @Test
    void anIdThatIsNotListedIsNotLive() {
        suite.lists(listed(B, "bob"));
        assertThrows(NoLiveRecordingException.class, () -> pauseRecording.pause(pauseById(BOB, A.toString())));
        assertEquals(List.of(), suite.asked());
    }

    @Test
    void theOwnNumberThatIsNotRecordedIsNotLive() {
        assertThrows(NoLiveRecordingException.class, () -> pauseRecording.pause(pauseOnNumber(BOB, "101")));
        assertEquals(Result.NOT_LIVE, trail.outcome().result());
    }

    @Test
    void anothersNumberNeedsCompleteManagementEvenIfItIsNotRecorded() {
        assertThrows(NotPermittedException.class, () -> pauseRecording.pause(pauseOnNumber(BOB, "103")));
        assertEquals(Result.FORBIDDEN, trail.outcome().result());
    }

    @Test
    void aSuiteThatCantListPausesNothing() {
        suite.listsNot(new RecorderUnavailableException("down", false, null));
        assertThrows(RecorderUnavailableException.class, () -> pauseRecording.pause(pauseById(BOB, A.toString())));
        assertEquals(List.of(), suite.asked());
    }
}
