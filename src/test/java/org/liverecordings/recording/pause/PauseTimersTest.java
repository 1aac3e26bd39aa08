package org.liverecordings.recording.pause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.BOB;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.listed;
import static org.liverecordings.recording.Recordings.on;
import static org.liverecordings.recording.pause.PauseRequest.pauseById;
import static org.liverecordings.recording.pause.PauseRequest.pauseOnNumber;
import static org.liverecordings.recording.pause.PauseRequest.resumeById;
import static org.liverecordings.recording.pause.PauseRequest.resumeOnNumber;
import static org.liverecordings.recording.store.ListedLines.free;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.NoUsableListException;
import org.liverecordings.recording.recorder.Script.Answer;
import org.liverecordings.recording.recorder.ScriptedRecorder;
import org.liverecordings.recording.recorder.ScriptedSuite;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.store.Timers.Action;
import org.liverecordings.recording.store.Timers.Times;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.recording.timer.TimerRules.LongestPause;
import org.liverecordings.recording.timer.TimerUnusableException;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryTimers;

/** The timers that pauses set, on the registry and in front of a suite. */
class PauseTimersTest {

    private static final RecordingId A = id(1);
    private static final RecordingId B = id(2);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Before all that the noted trail says was asked. */
    private Instant now = Instant.EPOCH.minus(Duration.ofDays(1));

    private final Timers timers = new MemoryTimers(null, 100, () -> now);
    private final LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final LineCapabilities lines = new ListedLines(free("SEP1", "101"), free("SEP2", "101"));
    private final ScriptedRecorder recorder = new ScriptedRecorder();
    private final ScriptedSuite suite = new ScriptedSuite(null);
    private final NotedTrail trail = new NotedTrail();

    @BeforeEach
    void record() {
        registry.addAll(List.of(forked(A, "SEP1", "101"), forked(B, "SEP2", "101")));
        suite.lists(listed(A, "alice"), listed(B, "bob"));
    }

    private TimerRules rules(LongestPause longest) {
        return new TimerRules(timers, Duration.ofHours(24), Optional.ofNullable(longest));
    }

    private PauseRecordingUseCase onRegistry(TimerRules rules) {
        return new RegistryPauseRecording(registry, lines, recorder, rules, trail.requests());
    }

    private PauseRecordingUseCase onSuite(TimerRules rules) {
        return new SuitePauseRecording(suite, lines, rules, trail.requests());
    }

    private void pause(PauseRequest request) {
        onRegistry(rules(null)).pause(request);
    }

    private Map<RecordingId, Times> times() {
        return timers.of(List.of(A, B));
    }

    private List<String> dueAfter(Duration duration) {
        now = now.plus(duration);
        return timers.take(10, MINUTE).stream()
                .map(due -> due.action() + " " + due.recording() + " by " + due.user())
                .sorted()
                .toList();
    }

    // Set before anything is asked

    @Test
    void aTimerIsThereBeforeTheRecorderIsAsked() {
        recorder.meanwhile(A, () -> trail.note("resumes " + times().get(A).resumesAt()));
        pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M"));
        assertEquals(
                List.of(
                        "asked PAUSE",
                        "resumes 1969-12-31T00:01:00Z",
                        "begin",
                        "confirmed " + A,
                        "ended DONE",
                        "commit"),
                trail.notes());
        assertEquals(List.of("RESUME " + A + " by alice"), dueAfter(MINUTE));
    }

    @Test
    void aPauseWithoutOneSetsNone() {
        pause(pauseById(ALICE, A.toString()));
        assertTrue(timers.isEmpty());
    }

    @Test
    void everyRecordingOfTheNumberHasOne() {
        pause(pauseOnNumber(ALICE, "101").resumingAfter("PT1M"));
        assertEquals(Set.of(A, B), times().keySet());
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_LIVE", "ALREADY_SO", "OUT_OF_REACH", "REFUSED", "REJECTED"})
    void itIsTakenBackIfThePauseIsRefused(Answer answer) {
        recorder.answersAny(answer);
        assertThrows(
                RuntimeException.class,
                () -> pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M")));
        assertTrue(timers.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(names = {"REPLY_LOST", "NONSENSE", "NO_STORE", "BUG", "CANCELLED"})
    void itStaysIfThePauseMayHaveBegun(Answer answer) {
        recorder.answersAny(answer);
        assertThrows(
                RuntimeException.class,
                () -> pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M")));
        assertEquals(List.of("RESUME " + A + " by alice"), dueAfter(MINUTE));
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_LIVE", "ALREADY_SO", "OUT_OF_REACH"})
    void ofSeveralThoseHaveOneThatWerePaused(Answer answer) {
        recorder.answers(B, answer);
        try {
            pause(pauseOnNumber(ALICE, "101").resumingAfter("PT1M"));
        } catch (RuntimeException e) {
            assertEquals(Answer.OUT_OF_REACH, answer);
        }
        assertEquals(List.of("RESUME " + A + " by alice"), dueAfter(MINUTE));
    }

    @Test
    void ofSeveralTheUnknownHaveOneToo() {
        recorder.answers(B, Answer.REPLY_LOST);
        assertThrows(
                RuntimeException.class, () -> pause(pauseOnNumber(ALICE, "101").resumingAfter("PT1M")));
        assertEquals(List.of("RESUME " + A + " by alice", "RESUME " + B + " by alice"), dueAfter(MINUTE));
    }

    @Test
    void aRefusedPauseLeavesTheTimerOfTheOneBefore() {
        pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M"));
        recorder.answersAny(Answer.ALREADY_SO);
        assertThrows(
                RuntimeException.class,
                () -> pause(pauseById(ALICE, A.toString()).resumingAfter("PT2M")));
        assertEquals(List.of("RESUME " + A + " by alice"), dueAfter(MINUTE));
        assertEquals(List.of(), dueAfter(MINUTE.minusSeconds(1)));
    }

    /** While a timer is there that would end somebody else's pause, nobody is told that nothing was changed. */
    @Test
    void whatCantBeTakenBackIsToldAsUnknown() {
        recorder.answersAny(Answer.ALREADY_SO);
        Timers failing = (Timers) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Timers.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("settle")) {
                        throw new StoreUnavailableException("away", null);
                    }
                    return method.invoke(timers, arguments);
                });
        PauseRecordingUseCase pausing = onRegistry(new TimerRules(failing, Duration.ofHours(24), Optional.empty()));
        assertThrows(
                StoreUnavailableException.class,
                () -> pausing.pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M")));
        assertEquals(Result.UNKNOWN, trail.outcome().result());
    }

    @Test
    void whatIsNoDurationChangesNothing() {
        TimerUnusableException unusable = assertThrows(
                TimerUnusableException.class,
                () -> pause(pauseById(ALICE, A.toString()).resumingAfter("soon")));
        assertEquals("resumeAfter is not an ISO 8601 duration above zero and of PT24H at most", unusable.getMessage());
        assertEquals(List.of(), recorder.asked());
        assertEquals(Result.REJECTED, trail.outcome().result());
        assertTrue(timers.isEmpty());
    }

    @Test
    void whatIsRefusedByTheRulesComesBeforeWhatIsNoDuration() {
        // Given
        PauseRequest anothers = pauseById(BOB, A.toString()).resumingAfter("soon");
        PauseRequest nothings = pauseById(BOB, id(3).toString()).resumingAfter("soon");
        // When
        Executable pause = () -> pause(anothers);
        // Then
        assertThrows(NotPermittedException.class, pause);
        assertThrows(NoLiveRecordingException.class, () -> pause(nothings));
        assertEquals(List.of(), recorder.asked());
        assertTrue(timers.isEmpty());
    }

    // Cancelled

    @Test
    void aResumeEndsIt() {
        pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M"));
        pause(resumeById(ALICE, A.toString()));
        assertTrue(timers.isEmpty());
    }

    @Test
    void aResumeByNumberEndsThoseOfWhatItResumed() {
        pause(pauseOnNumber(ALICE, "101").resumingAfter("PT1M"));
        recorder.answers(B, Answer.OUT_OF_REACH);
        assertThrows(RuntimeException.class, () -> pause(resumeOnNumber(ALICE, "101")));
        assertEquals(Set.of(B), times().keySet());
    }

    @Test
    void aResumeThatWasRefusedEndsNone() {
        pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M"));
        recorder.answersAny(Answer.REJECTED);
        assertThrows(RuntimeException.class, () -> pause(resumeById(ALICE, A.toString())));
        assertEquals(Set.of(A), times().keySet());
    }

    /** Its answer may have been lost the first time. */
    @Test
    void aResumeOfWhatIsntPausedAnyMoreEndsIt() {
        pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M"));
        recorder.answersAny(Answer.ALREADY_SO);
        assertThrows(AlreadySoException.class, () -> pause(resumeById(ALICE, A.toString())));
        assertTrue(timers.isEmpty());
    }

    /** The pause before must have ended in a way that nobody told us of. */
    @Test
    void aPauseEndsTheTimerOfTheOneBefore() {
        pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M"));
        pause(pauseById(ALICE, A.toString()));
        assertTrue(timers.isEmpty());
    }

    // Pauses that last too long

    @Test
    void aLongPauseIsMadeToEndInTheSettingsName() {
        onRegistry(rules(new LongestPause(MINUTE, true))).pause(pauseById(ALICE, A.toString()));
        assertEquals(List.of("RESUME " + A + " by live-recordings.pause.longest"), dueAfter(MINUTE));
    }

    @Test
    void orIsTold() {
        onRegistry(rules(new LongestPause(MINUTE, false))).pause(pauseById(ALICE, A.toString()));
        assertEquals(List.of("ALARM " + A + " by alice"), dueAfter(MINUTE));
        assertEquals(Map.of(), times());
    }

    @Test
    void onesOwnTimerComesBeforeIt() {
        onRegistry(rules(new LongestPause(MINUTE, true)))
                .pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M"));
        assertEquals(List.of("RESUME " + A + " by alice"), dueAfter(MINUTE.multipliedBy(2)));
    }

    /** The resume may not be carried out. */
    @Test
    void whatIsToldIsToldBesideOnesOwnTimer() {
        onRegistry(rules(new LongestPause(MINUTE, false)))
                .pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M"));
        assertEquals(
                Set.of("ALARM " + A + " by alice", "RESUME " + A + " by alice"),
                Set.copyOf(dueAfter(MINUTE.multipliedBy(2))));
    }

    @Test
    void orAfterIt() {
        onRegistry(rules(new LongestPause(MINUTE, false)))
                .pause(pauseById(ALICE, A.toString()).resumingAfter("PT2M"));
        assertEquals(List.of("ALARM " + A + " by alice"), dueAfter(MINUTE));
    }

    @Test
    void aResumeEndsTheAlarm() {
        onRegistry(rules(new LongestPause(MINUTE, false))).pause(pauseById(ALICE, A.toString()));
        onRegistry(rules(new LongestPause(MINUTE, false))).pause(resumeById(ALICE, A.toString()));
        assertTrue(timers.isEmpty());
    }

    // In front of a suite

    @Test
    void anIdIsEnough() {
        onSuite(rules(null)).pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M"));
        assertEquals(List.of(A), suite.asked());
        assertEquals(List.of(), suite.filters());
        assertEquals(List.of("RESUME " + A + " by alice"), dueAfter(MINUTE));
    }

    @Test
    void whatIsOnANumberIsListedAndPausedById() {
        onSuite(rules(null)).pause(pauseOnNumber(ALICE, "101").resumingAfter("PT1M"));
        assertEquals(List.of(A, B), suite.asked());
        assertEquals(List.of(ListFilter.of(null, "101", null, null)), suite.filters());
        assertEquals(Set.of(A, B), times().keySet());
    }

    @Test
    void inFrontOfASuiteTooWhatIsRefusedHereComesBeforeWhatIsNoDuration() {
        // Given
        PauseRequest byId = pauseById(BOB, A.toString()).resumingAfter("soon");
        PauseRequest byNumber = pauseOnNumber(BOB, "102").resumingAfter("soon");
        suite.lists(listed(A, "alice"));
        // When
        Executable pause = () -> onSuite(rules(null)).pause(byId);
        // Then
        assertThrows(NotPermittedException.class, pause);
        assertThrows(NotPermittedException.class, () -> onSuite(rules(null)).pause(byNumber));
        assertEquals(List.of(), suite.asked());
    }

    @Test
    void inFrontOfASuiteTooWhatIsNoDurationChangesNothing() {
        // Given
        PauseRequest request = pauseById(ALICE, A.toString()).resumingAfter("soon");
        // When
        Executable pause = () -> onSuite(rules(null)).pause(request);
        // Then
        assertThrows(TimerUnusableException.class, pause);
        assertEquals(List.of(), suite.asked());
        assertTrue(timers.isEmpty());
    }

    @Test
    void withoutAListItIsRefused() {
        suite.listsNot(new NoUsableListException("no list", null));
        TimerUnusableException unusable = assertThrows(
                TimerUnusableException.class,
                () -> onSuite(rules(null)).pause(pauseOnNumber(ALICE, "101").resumingAfter("PT1M")));
        assertEquals(
                "resumeAfter isn't possible by directory number here: there is no list to find the recordings in",
                unusable.getMessage());
        assertEquals(List.of(), suite.asked());
    }

    /** Whose recordings they are is in the list as well. */
    @Test
    void withoutAListItIsRefusedWhateverTheLevel() {
        suite.listsNot(new NoUsableListException("no list", null));
        PauseRequest request = pauseOnNumber(BOB, "101").resumingAfter("PT1M");
        assertThrows(TimerUnusableException.class, () -> onSuite(rules(null)).pause(request));
        assertEquals(List.of(), suite.asked());
        assertEquals(Result.REJECTED, trail.outcome().result());
    }

    @Test
    void withoutATimerAListThatCantBeReadIsTheSuitesFailure() {
        suite.listsNot(new NoUsableListException("no list", null));
        PauseRequest request = pauseOnNumber(BOB, "101");
        assertThrows(NoUsableListException.class, () -> onSuite(rules(null)).pause(request));
        assertEquals(List.of(), suite.asked());
    }

    /** The timer isn't what the list is needed for. */
    @Test
    void byIdAListThatCantBeReadIsTheSuitesFailure() {
        suite.listsNot(new NoUsableListException("no list", null));
        PauseRequest request = pauseById(BOB, A.toString()).resumingAfter("PT1M");
        assertThrows(NoUsableListException.class, () -> onSuite(rules(null)).pause(request));
        assertEquals(List.of(), suite.asked());
    }

    @Test
    void aResumeByNumberFindsOutWhoseTimersItEnds() {
        onSuite(rules(null)).pause(pauseById(ALICE, A.toString()).resumingAfter("PT1M"));
        onSuite(rules(null)).pause(resumeOnNumber(ALICE, "101"));
        assertEquals(List.of(A, A, B), suite.asked());
        assertTrue(timers.isEmpty());
    }

    @Test
    void withoutTimersANumberIsForwarded() {
        onSuite(rules(null)).pause(resumeOnNumber(ALICE, "101"));
        assertEquals(List.of(on(null, "101")), suite.asked());
    }

    @Test
    void withoutAListANumberIsForwarded() {
        timers.set(List.of(B), Action.STOP, MINUTE, new Timers.Setter(UUID.randomUUID(), "bob", "c-2", Duration.ZERO));
        suite.listsNot(new NoUsableListException("no list", null));
        onSuite(rules(null)).pause(pauseOnNumber(ALICE, "101"));
        assertEquals(List.of(on(null, "101")), suite.asked());
    }

    @Test
    void longPausesOfANumberAreTold() {
        onSuite(rules(new LongestPause(MINUTE, false))).pause(pauseOnNumber(ALICE, "101"));
        assertEquals(List.of("ALARM " + A + " by alice", "ALARM " + B + " by alice"), dueAfter(MINUTE));
    }
}
