package org.liverecordings.recording.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.BOB;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.manager;
import static org.liverecordings.recording.Recordings.on;
import static org.liverecordings.recording.store.ListedLines.free;
import static org.liverecordings.recording.store.ListedLines.in;
import static org.liverecordings.recording.store.ListedLines.line;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.Script.Answer;
import org.liverecordings.recording.recorder.Script.Did;
import org.liverecordings.recording.recorder.ScriptedSuite;
import org.liverecordings.recording.store.LineHeldException;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.recording.timer.TimerUnusableException;
import org.liverecordings.registry.memory.MemoryHolds;

class SuiteStartRecordingTest {

    private static final RecordingId STARTED = id(7);

    private final ScriptedSuite suite = new ScriptedSuite(STARTED);
    private final NotedTrail trail = new NotedTrail();
    private final TimerRules timers = Recordings.timers();
    private final MemoryHolds holds = new MemoryHolds(InstantSource.system());
    private final StartRecordingUseCase startRecording = new SuiteStartRecording(
            suite,
            new ListedLines(
                    ListedLines.of("carol", free("SEP1", "101")),
                    ListedLines.of("Bob", line("SEP2", "101", false, true)),
                    ListedLines.of("Bob", free("SEP3", "102")),
                    in("milan", free("SEP4", "104")),
                    in("milan", free("SEP4", "105")),
                    in("milan", free("SEP5", "106")),
                    in("rome", free("SEP6", "106"))),
            holds,
            timers,
            trail.requests());

    @ParameterizedTest
    @CsvSource({"SEP9,109", "SEP9,", ",109", "SEP9,' '"})
    void withCompleteManagementAnyLineIsForwardedAsItIsNamed(String device, String number) {
        RecordingId started = startRecording.start(named(ALICE, device, number));
        assertEquals(STARTED, started);
        assertEquals(List.of(on(device, number)), suite.asked());
        assertEquals(List.of(RecordingMode.MEDIA_FORKING), suite.modes());
    }

    @Test
    void theModeIsForwarded() {
        startRecording.start(new StartRequest(ALICE, true, "SEP9", null, 1, true));
        assertEquals(List.of(RecordingMode.DIAL_IN), suite.modes());
    }

    @Test
    void whatIsStartedIsOnTheTrail() {
        startRecording.start(named(ALICE, "SEP9", null));
        assertEquals(List.of("asked START", "begin", "confirmed " + STARTED, "ended DONE", "commit"), trail.notes());
    }

    @ParameterizedTest
    @CsvSource({"SEP2,101", "SEP2,", ",101"})
    void withoutItTheOwnLineIsForwardedInFull(String device, String number) {
        startRecording.start(named(BOB, device, number));
        assertEquals(List.of(on("SEP2", "101")), suite.asked());
    }

    @ParameterizedTest
    @CsvSource({"SEP1,101", "SEP1,", "SEP9,", ",109", "SEP2,102"})
    void anothersLineIsNotForwarded(String device, String number) {
        assertThrows(NotPermittedException.class, () -> startRecording.start(named(BOB, device, number)));
        assertEquals(List.of(), suite.asked());
        assertEquals(Result.FORBIDDEN, trail.outcome().result());
    }

    @ParameterizedTest
    @CsvSource({"SEP4,104,SEP4,104", "SEP4,,SEP4,", ",106,SEP5,106"})
    void whoManagesTheGroupHasItsLinesForwarded(String device, String number, String asDevice, String asNumber) {
        startRecording.start(named(manager("milan"), device, number));
        assertEquals(List.of(on(asDevice, asNumber)), suite.asked());
    }

    @ParameterizedTest
    @CsvSource({"SEP1,101", "SEP6,", ",102", "SEP9,"})
    void whoManagesAnotherGroupDoesnt(String device, String number) {
        assertThrows(NotPermittedException.class, () -> startRecording.start(named(manager("milan"), device, number)));
        assertEquals(List.of(), suite.asked());
    }

    @Test
    void withoutNamesTheCallersFirstLineIsForwarded() {
        startRecording.start(named(BOB, null, null));
        assertEquals(List.of(on("SEP2", "101")), suite.asked());
    }

    @Test
    void aCallerWithoutALineHasNoOwnLine() {
        StartRejectedException rejected =
                assertThrows(StartRejectedException.class, () -> startRecording.start(named(ALICE, null, null)));
        assertEquals(3, rejected.code());
        assertEquals(List.of(), suite.asked());
    }

    @Test
    void blankNamesAreNotForwarded() {
        StartRejectedException rejected =
                assertThrows(StartRejectedException.class, () -> startRecording.start(named(ALICE, "", null)));
        assertEquals(0, rejected.code());
        assertEquals(List.of(), suite.asked());
    }

    @Test
    void whatStopsByItselfHasItsTimerOnceTheSuiteToldItsId() {
        startRecording.start(new StartRequest(ALICE, true, "SEP1", null, null, false, "PT8H"));
        assertEquals(Set.of(STARTED), timers.timers().of(List.of(STARTED)).keySet());
    }

    @Test
    void whatTheSuiteDidntStartHasNone() {
        suite.answersAny(Answer.REPLY_LOST);
        assertThrows(
                RecorderUnavailableException.class,
                () -> startRecording.start(new StartRequest(ALICE, true, "SEP1", null, null, false, "PT8H")));
        assertTrue(timers.timers().isEmpty());
    }

    @Test
    void aMaximumThatIsNoDurationIsNotForwarded() {
        assertThrows(
                TimerUnusableException.class,
                () -> startRecording.start(new StartRequest(ALICE, true, "SEP1", null, null, false, "8h")));
        assertEquals(List.of(), suite.asked());
    }

    @Test
    void whatIsRefusedHereComesBeforeAMaximumThatIsNoDuration() {
        StartRejectedException noOwnLine = assertThrows(
                StartRejectedException.class,
                () -> startRecording.start(new StartRequest(ALICE, true, null, null, null, false, "8h")));
        assertEquals(3, noOwnLine.code());
    }

    @Test
    void anothersLineComesBeforeAMaximumThatIsNoDuration() {
        assertThrows(
                NotPermittedException.class,
                () -> startRecording.start(new StartRequest(BOB, true, "SEP1", "101", null, false, "8h")));
    }

    @Test
    void anotherModeIsNotForwarded() {
        StartRejectedException rejected = assertThrows(
                StartRejectedException.class,
                () -> startRecording.start(new StartRequest(ALICE, true, "SEP1", null, 2, true)));
        assertEquals(2, rejected.code());
        assertEquals(List.of(), suite.asked());
    }

    @ParameterizedTest
    @CsvSource({
        "NO_CALL, NoConnectedCallException, NOT_LIVE",
        "ALREADY_SO, AlreadySoException, ALREADY_SO",
        "BUSY, RecorderIncapableException, FAILED",
        "REPLY_LOST, RecorderUnavailableException, UNKNOWN",
        "OUT_OF_REACH, RecorderUnavailableException, FAILED"
    })
    void whatTheSuiteSaysIsPassedOn(Answer answer, String failure, Result result) {
        suite.answers(on("SEP1", null), answer);
        RuntimeException thrown =
                assertThrows(RuntimeException.class, () -> startRecording.start(named(ALICE, "SEP1", null)));
        assertEquals(failure, thrown.getClass().getSimpleName());
        assertEquals(result, trail.outcome().result());
        assertEquals(1, suite.asked().size());
    }

    @ParameterizedTest
    @CsvSource({"SEP4,104,SEP4,", "SEP4,,SEP4,105", ",101,SEP2,101", "SEP9,,SEP9,"})
    void onALineOnHoldNothingIsStarted(String device, String number, String heldDevice, String heldNumber) {
        holds.put(List.of(on(heldDevice, heldNumber)), "legal", "bob", Duration.ofHours(1));
        assertThrows(LineHeldException.class, () -> startRecording.start(named(ALICE, device, number)));
        assertEquals(List.of(), suite.asked());
        assertEquals(Result.HELD, trail.outcome().result());
    }

    @Test
    void aStartThatAHoldCrossedIsStoppedAgain() {
        suite.meanwhile(
                on("SEP4", "104"), () -> holds.put(List.of(on("SEP4", "104")), "legal", "bob", Duration.ofHours(1)));
        assertThrows(LineHeldException.class, () -> startRecording.start(named(ALICE, "SEP4", "104")));
        assertEquals(List.of(on("SEP4", "104"), STARTED), suite.asked());
        assertEquals(List.of(Did.START, Did.STOP), suite.operations());
    }

    @ParameterizedTest
    @CsvSource({"NONSENSE, UNKNOWN", "OUT_OF_REACH, FAILED", "REPLY_LOST, UNKNOWN", "REJECTED, REJECTED"})
    void oneThatCantBeStoppedAgainNowIsStoppedByATimer(Answer answer, Result result) {
        suite.answers(STARTED, answer);
        suite.meanwhile(
                on("SEP4", "104"), () -> holds.put(List.of(on("SEP4", "104")), "legal", "bob", Duration.ofHours(1)));

        assertThrows(RuntimeException.class, () -> startRecording.start(named(ALICE, "SEP4", "104")));

        assertEquals(
                List.of(STARTED),
                timers.timers().take(10, Duration.ofMinutes(1)).stream()
                        .map(Timers.Due::recording)
                        .toList());
        assertEquals(List.of(STARTED), trail.outcome().recordings());
        assertEquals(result, trail.outcome().result());
    }

    private static StartRequest named(Caller caller, String device, String number) {
        return new StartRequest(caller, true, device, number, null, false);
    }
}
