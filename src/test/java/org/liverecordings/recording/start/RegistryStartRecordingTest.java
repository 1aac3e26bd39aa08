package org.liverecordings.recording.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.BOB;
import static org.liverecordings.recording.Recordings.STARTED_AT;
import static org.liverecordings.recording.Recordings.dialIn;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.manager;
import static org.liverecordings.recording.Recordings.on;
import static org.liverecordings.recording.store.ListedLines.free;
import static org.liverecordings.recording.store.ListedLines.in;
import static org.liverecordings.recording.store.ListedLines.line;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.Line.RecordingType;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.list.RegistryListRecordings;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.Script.Answer;
import org.liverecordings.recording.recorder.ScriptedRecorder;
import org.liverecordings.recording.stop.RegistryStopRecording;
import org.liverecordings.recording.stop.StopHolds;
import org.liverecordings.recording.stop.StopRecordingUseCase;
import org.liverecordings.recording.stop.StopRequest;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.LineHeldException;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.recording.timer.TimerUnusableException;
import org.liverecordings.registry.memory.MemoryHolds;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryTimers;
import org.liverecordings.support.TestLeases;

class RegistryStartRecordingTest {

    private static final LineSelector LINE = on("SEP1", "101");

    private final LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final ScriptedRecorder recorder = new ScriptedRecorder();
    private final NotedTrail trail = new NotedTrail();
    private final TimerRules timers =
            new TimerRules(new MemoryTimers(registry, 10, () -> STARTED_AT), Duration.ofHours(24), Optional.empty());
    private final MemoryHolds holds = new MemoryHolds(() -> STARTED_AT);

    // What is started

    @ParameterizedTest
    @CsvSource({"SEP1,101", "sep1,101", "SEP1,", ",101", "SEP1,' '", "'',101"})
    void aNamedLineIsRecorded(String device, String number) {
        RecordingId started = start(named(ALICE, device, number), free("SEP1", "101"), free("SEP2", "102"));
        assertEquals(List.of(LINE), recorder.asked());
        assertEquals(
                Optional.of(new LiveRecording(
                        started,
                        DeviceName.of("SEP1"),
                        DirectoryNumber.of("101"),
                        RecordingMode.MEDIA_FORKING,
                        RecordingOrigin.MANUAL,
                        STARTED_AT,
                        RecordingStatus.RECORDING)),
                registry.find(started));
    }

    @Test
    void aRecordingIsRegisteredBeforeTheRecorderIsAsked() {
        recorder.meanwhile(
                LINE,
                () -> trail.note("registered "
                        + registry.findAll().stream().map(LiveRecording::status).toList()));
        RecordingId started = start(named(ALICE, "SEP1", null), free("SEP1", "101"));
        assertEquals(
                List.of(
                        "asked START",
                        "registered [START_PENDING]",
                        "begin",
                        "confirmed " + started,
                        "ended DONE",
                        "commit"),
                trail.notes());
    }

    @ParameterizedTest
    @CsvSource({"0, MEDIA_FORKING", "1, DIAL_IN"})
    void theModeIsTheAskedOne(int mode, RecordingMode expected) {
        RecordingId started = start(new StartRequest(ALICE, true, "SEP1", null, mode, true), free("SEP1", "101"));
        assertEquals(expected, registry.find(started).orElseThrow().mode());
    }

    @Test
    void withoutNamesTheCallersOwnLineIsRecorded() {
        start(ownLine(BOB), free("SEP1", "101"), ListedLines.of("Bob", free("SEP2", "102")));
        assertEquals(List.of(on("SEP2", "102")), recorder.asked());
    }

    @Test
    void aCallerWithoutCompleteManagementMayNameTheOwnLine() {
        start(named(BOB, null, "101"), free("SEP1", "101"), ListedLines.of("bob", free("SEP2", "101")));
        assertEquals(List.of(on("SEP2", "101")), recorder.asked());
    }

    // Which of several

    @Test
    void ofSeveralLinesTheFirstOneThatCanBeRecordedIs() {
        start(
                named(ALICE, null, "101"),
                line("SEP1", "101", false, false),
                line("SEP2", "101", true, true),
                free("SEP3", "101"),
                free("SEP4", "101"));
        assertEquals(List.of(on("SEP3", "101")), recorder.asked());
    }

    @Test
    void aLineWithoutACallIsPassedOver() {
        recorder.answers(LINE, Answer.NO_CALL);
        RecordingId started = start(named(ALICE, null, "101"), free("SEP1", "101"), free("SEP2", "101"));
        assertEquals(List.of(LINE, on("SEP2", "101")), recorder.asked());
        assertEquals(List.of(started), live());
    }

    @Test
    void aLineThatIsBeingRecordedIsPassedOver() {
        registry.addAll(List.of(forked(id(1), "SEP1", "101")));
        start(named(ALICE, null, "101"), free("SEP1", "101"), free("SEP2", "101"));
        assertEquals(List.of(on("SEP2", "101")), recorder.asked());
    }

    @Test
    void ifNoLineHasACallNothingIsStarted() {
        recorder.answers(LINE, Answer.NO_CALL).answers(on("SEP2", "101"), Answer.NO_CALL);
        assertThrows(
                NoConnectedCallException.class,
                () -> start(named(ALICE, null, "101"), free("SEP1", "101"), free("SEP2", "101")));
        assertEquals(List.of(), live());
        assertEquals(Result.NOT_LIVE, trail.outcome().result());
    }

    @Test
    void ifOneLineIsBeingRecordedAndNoOtherHasACallItIsAlreadySo() {
        registry.addAll(List.of(forked(id(1), "SEP1", "101")));
        recorder.answers(on("SEP2", "101"), Answer.NO_CALL);
        assertThrows(
                AlreadySoException.class,
                () -> start(named(ALICE, null, "101"), free("SEP1", "101"), free("SEP2", "101")));
        assertEquals(List.of(id(1)), live());
    }

    @Test
    void aLineThatIsBeingRecordedIsNotRecordedTwice() {
        registry.addAll(List.of(forked(id(1), "SEP1", "101")));
        AlreadySoException already =
                assertThrows(AlreadySoException.class, () -> start(named(ALICE, "SEP1", "101"), free("SEP1", "101")));
        assertEquals("the line is being recorded", already.getMessage());
        assertEquals(List.of(), recorder.asked());
        assertEquals(Result.ALREADY_SO, trail.outcome().result());
    }

    @Test
    void aDialInWithoutDeviceIsOnEveryAppearanceOfItsNumber() {
        registry.addAll(List.of(dialIn(id(1), null, "101", RecordingOrigin.MANUAL)));
        assertThrows(AlreadySoException.class, () -> start(named(ALICE, "SEP1", null), free("SEP1", "101")));
        assertEquals(List.of(), recorder.asked());
    }

    @Test
    void twoStartsThatCrossOnOneLineStartOneRecording() {
        ScriptedRecorder other = new ScriptedRecorder();
        recorder.meanwhile(
                LINE,
                () -> assertThrows(
                        AlreadySoException.class,
                        () -> starting(other, free("SEP1", "101")).start(named(ALICE, "SEP1", null))));
        RecordingId started = start(named(ALICE, "SEP1", null), free("SEP1", "101"));
        assertEquals(List.of(), other.asked());
        assertEquals(List.of(started), live());
    }

    // On hold

    @ParameterizedTest
    @CsvSource({"SEP1,101", "SEP1,", ",101"})
    void nothingIsStartedOnALineOnHold(String device, String number) {
        holds.put(List.of(on(device, number)), "consent-withdrawn", "bob", Duration.ofHours(1));
        LineHeldException held =
                assertThrows(LineHeldException.class, () -> start(named(ALICE, "SEP1", "101"), free("SEP1", "101")));
        assertEquals("consent-withdrawn", held.hold().why());
        assertEquals(STARTED_AT.plus(Duration.ofHours(1)), held.hold().until());
        assertEquals(List.of(), recorder.asked());
        assertEquals(List.of(), live());
        assertEquals(Result.HELD, trail.outcome().result());
    }

    @ParameterizedTest
    @CsvSource({"SEP1,102", "SEP2,101", "SEP2,", ",102"})
    void aHoldElsewhereDoesntMatter(String device, String number) {
        holds.put(List.of(on(device, number)), "consent-withdrawn", "bob", Duration.ofHours(1));
        start(named(ALICE, "SEP1", "101"), free("SEP1", "101"));
        assertEquals(List.of(LINE), recorder.asked());
    }

    @Test
    void aLineOnHoldIsPassedOver() {
        holds.put(List.of(LINE), "legal", "bob", Duration.ofHours(1));
        start(named(ALICE, null, "101"), free("SEP1", "101"), free("SEP2", "101"));
        assertEquals(List.of(on("SEP2", "101")), recorder.asked());
    }

    @Test
    void aHoldThatIsPutBeforeTheRecorderIsAskedTurnsTheStartBack() {
        LiveRecordingRepository slow = (LiveRecordingRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {LiveRecordingRepository.class},
                (proxy, method, arguments) -> {
                    Object result = method.invoke(registry, arguments);
                    if (method.getName().equals("addIfLineIsFree")) {
                        holds.put(List.of(LINE), "legal", "bob", Duration.ofHours(1));
                    }
                    return result;
                });
        StartRecordingUseCase starting = new RegistryStartRecording(
                slow,
                new ListedLines(free("SEP1", "101")),
                recorder,
                holds,
                trail,
                Recordings.timers(),
                trail.requests(),
                () -> STARTED_AT);
        assertThrows(LineHeldException.class, () -> starting.start(named(ALICE, "SEP1", null)));
        assertEquals(List.of(), recorder.asked());
        assertEquals(List.of(), live());
    }

    @Test
    void ifHoldsCantBeReadBeforeTheRecorderIsAskedTheLineIsFreeAgain() {
        AtomicInteger looks = new AtomicInteger();
        Holds away = (Holds) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Holds.class}, (proxy, method, arguments) -> {
                    if (looks.incrementAndGet() > 1) {
                        throw new StoreUnavailableException("away", null);
                    }
                    return Optional.empty();
                });
        StartRecordingUseCase starting = new RegistryStartRecording(
                registry,
                new ListedLines(free("SEP1", "101")),
                recorder,
                away,
                trail,
                Recordings.timers(),
                trail.requests(),
                () -> STARTED_AT);

        assertThrows(StoreUnavailableException.class, () -> starting.start(named(ALICE, "SEP1", null)));

        assertEquals(List.of(), recorder.asked());
        assertEquals(List.of(), live());
    }

    @Test
    void onceItIsLiftedTheLineIsRecorded() {
        holds.put(List.of(LINE), "legal", "bob", Duration.ofHours(1)).forEach(hold -> holds.lift(hold.id()));
        start(named(ALICE, "SEP1", "101"), free("SEP1", "101"));
        assertEquals(List.of(LINE), recorder.asked());
    }

    // On lines of a group that the caller manages

    @ParameterizedTest
    @CsvSource({"SEP2,", ",101", "SEP2,101"})
    void whoManagesTheGroupStartsOnItsLines(String device, String number) {
        start(
                named(manager("milan"), device, number),
                in("rome", free("SEP1", "101")),
                in("milan", free("SEP2", "101")));
        assertEquals(List.of(on("SEP2", "101")), recorder.asked());
    }

    @ParameterizedTest
    @CsvSource({"SEP1,", ",102", "SEP9,"})
    void aLineElsewhereIsRefusedWhetherThereIsOneOrNot(String device, String number) {
        StartRequest request = named(manager("milan"), device, number);
        assertThrows(
                NotPermittedException.class,
                () -> start(request, in("rome", free("SEP1", "101")), free("SEP3", "102")));
        assertEquals(List.of(), recorder.asked());
        assertEquals(Result.FORBIDDEN, trail.outcome().result());
    }

    @Test
    void managedLinesAreNotTheCallersOwn() {
        StartRejectedException rejected = rejected(ownLine(manager("milan")), in("milan", free("SEP1", "101")));
        assertEquals(3, rejected.code());
    }

    // Rules

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SELECTIVE")
    void aLineThatIsNotRecordedSelectivelyIsRejected(RecordingType type) {
        StartRejectedException rejected =
                rejected(named(ALICE, "SEP1", null), ListedLines.with(type, free("SEP1", "101")));
        assertEquals(4, rejected.code());
        assertNull(rejected.deviceName());
        assertEquals(List.of(), recorder.asked());
    }

    @ParameterizedTest
    @CsvSource({"'',", ",''", "'',' '"})
    void blankNamesAreRejected(String device, String number) {
        StartRejectedException rejected = rejected(named(ALICE, device, number), free("SEP1", "101"));
        assertEquals(0, rejected.code());
        assertNull(rejected.deviceName());
    }

    @Test
    void whatCantBeReadIsRejected() {
        StartRejectedException rejected = rejected(StartRequest.illegible(ALICE), free("SEP1", "101"));
        assertEquals(0, rejected.code());
    }

    @Test
    void blankNamesOutweighAWrongMode() {
        StartRejectedException rejected =
                rejected(new StartRequest(ALICE, true, "", null, 2, true), free("SEP1", "101"));
        assertEquals(0, rejected.code());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = {2, -1})
    void anotherModeIsRejectedBeforeTheLineIsLookedUp(Integer mode) {
        StartRejectedException rejected = rejected(new StartRequest(ALICE, true, "SEP9", null, mode, true));
        assertEquals(2, rejected.code());
        assertNull(rejected.deviceName());
    }

    @Test
    void aLineThatNoInventoryKnowsIsNotMonitorable() {
        StartRejectedException rejected = rejected(named(ALICE, "SEP9", "101"), free("SEP1", "101"));
        assertEquals(1, rejected.code());
        assertEquals("SEP9", rejected.deviceName().value());
    }

    @Test
    void aNumberThatNoInventoryKnowsIsNotMonitorableAndNamesNoDevice() {
        StartRejectedException rejected = rejected(named(ALICE, null, "199"), free("SEP1", "101"));
        assertEquals(1, rejected.code());
        assertNull(rejected.deviceName());
    }

    @Test
    void ofLinesOfWhichNoneIsMonitorableTheFirstOnesDeviceIsNamed() {
        StartRejectedException rejected = rejected(
                named(ALICE, null, "101"), line("SEP1", "101", false, true), line("SEP2", "101", false, false));
        assertEquals(1, rejected.code());
        assertEquals("SEP1", rejected.deviceName().value());
    }

    @Test
    void aLineThatIsRecordedAutomaticallyIsRejectedAndNamesNoDevice() {
        StartRejectedException rejected =
                rejected(named(ALICE, null, "101"), line("SEP1", "101", false, false), line("SEP2", "101", true, true));
        assertEquals(4, rejected.code());
        assertNull(rejected.deviceName());
        assertEquals(4, trail.outcome().reason());
    }

    @Test
    void aCallerWithoutALineHasNoOwnLine() {
        StartRejectedException rejected = rejected(ownLine(BOB), ListedLines.of("carol", free("SEP1", "101")));
        assertEquals(3, rejected.code());
        assertNull(rejected.deviceName());
    }

    @Test
    void completeManagementMakesNoLineOnesOwn() {
        StartRejectedException rejected = rejected(ownLine(ALICE), free("SEP1", "101"));
        assertEquals(3, rejected.code());
    }

    @Test
    void aWrongModeOutweighsHavingNoLine() {
        StartRejectedException rejected = rejected(new StartRequest(BOB, true, null, null, 7, true));
        assertEquals(2, rejected.code());
    }

    @ParameterizedTest
    @CsvSource({"SEP1,101", "SEP1,", ",101", "SEP9,"})
    void anothersLineNeedsCompleteManagementWhetherOrNotItExists(String device, String number) {
        assertThrows(
                NotPermittedException.class,
                () -> start(
                        named(BOB, device, number),
                        ListedLines.of("carol", line("SEP1", "101", false, true)),
                        ListedLines.of("bob", free("SEP2", "102"))));
        assertEquals(List.of(), recorder.asked());
        assertEquals(Result.FORBIDDEN, trail.outcome().result());
    }

    // Outcomes

    @Test
    void anUnknownStartThatTheRecorderIsFoundToHaveMadeIsConfirmed() {
        recorder.answers(LINE, Answer.REPLY_LOST).knows(RecordingStatus.RECORDING);
        RecordingId started = start(named(ALICE, "SEP1", null), free("SEP1", "101"));
        assertEquals(List.of(LINE), recorder.asked());
        assertEquals(
                RecordingStatus.RECORDING, registry.find(started).orElseThrow().status());
        assertEquals(List.of(started), trail.outcome().recordings());
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"REPLY_LOST", "NONSENSE", "CANCELLED"})
    void anUnknownStartThatTheRecorderDoesntKnowYetStaysPending(Answer unknown) {
        recorder.answers(LINE, unknown);
        RecorderException failure =
                assertThrows(RecorderException.class, () -> start(named(ALICE, "SEP1", null), free("SEP1", "101")));
        assertTrue(failure.mayHaveArrived());
        assertEquals(
                List.of(RecordingStatus.START_PENDING),
                registry.findAll().stream().map(LiveRecording::status).toList());
        assertEquals(Result.UNKNOWN, trail.outcome().result());
        assertEquals(List.of(), trail.outcome().recordings());
    }

    @Test
    void anUnknownStartThatTheRecorderCantBeAskedAboutStaysPending() {
        recorder.answers(LINE, Answer.REPLY_LOST).knowsNot(new RecorderUnavailableException("gone", false, null));
        RecorderUnavailableException failure = assertThrows(
                RecorderUnavailableException.class, () -> start(named(ALICE, "SEP1", null), free("SEP1", "101")));
        assertEquals("reply lost", failure.getMessage());
        assertEquals(1, registry.count());
    }

    @Test
    void aStartThatMayBeUndoneYetStaysPendingAlthoughItIsFoundRecording() {
        recorder.answers(LINE, Answer.BEING_UNDONE).knows(RecordingStatus.RECORDING);
        RecorderUnavailableException failure = assertThrows(
                RecorderUnavailableException.class, () -> start(named(ALICE, "SEP1", null), free("SEP1", "101")));
        assertTrue(failure.mayHaveArrived());
        assertEquals(
                List.of(RecordingStatus.START_PENDING),
                registry.findAll().stream().map(LiveRecording::status).toList());
        assertEquals(Result.UNKNOWN, trail.outcome().result());
    }

    @Test
    void aRecordingThatIsBeingStoppedBeforeItsStartIsConfirmedWasStarted() {
        recorder.meanwhile(
                LINE,
                () -> live().forEach(
                                id -> registry.change(id, RecordingStatus.START_PENDING, RecordingStatus.STOPPED)));
        RecordingId started = start(named(ALICE, "SEP1", null), free("SEP1", "101"));
        assertEquals(
                RecordingStatus.STOPPED, registry.find(started).orElseThrow().status());
        assertEquals(List.of(started), trail.outcome().recordings());
    }

    @Test
    void whatIsPendingIsListed() {
        pendingStart();
        List<ListedRecording> listed = new RegistryListRecordings(
                        registry, new ListedLines(free("SEP1", "101")), () -> STARTED_AT, true)
                .list(ALICE, ListFilter.ALL);
        assertEquals(live(), listed.stream().map(ListedRecording::id).toList());
    }

    @Test
    void whatIsPendingCanBeStopped() {
        RecordingId pending = pendingStart();
        List<RecordingId> stopped = stopping().stop(StopRequest.byLine(ALICE, "SEP1", null));
        assertEquals(List.of(pending), stopped);
        assertEquals(List.of(), live());
    }

    @Test
    void whatIsPendingKeepsTheLineFromBeingRecordedTwice() {
        pendingStart();
        assertThrows(
                AlreadySoException.class,
                () -> starting(recorder, free("SEP1", "101")).start(named(ALICE, "SEP1", null)));
        assertEquals(List.of(LINE), recorder.asked());
    }

    @Test
    void aStopThatComesBeforeAPendingStartDoesntForgetIt() {
        RecordingId pending = pendingStart();
        recorder.answers(pending, Answer.NOT_LIVE);
        assertThrows(
                RecorderUnavailableException.class, () -> stopping().stop(StopRequest.byId(ALICE, pending.toString())));
        assertEquals(List.of(pending), live());
    }

    @ParameterizedTest
    @CsvSource({
        "OUT_OF_REACH, RecorderUnavailableException, FAILED",
        "REFUSED, RecorderFailedException, FAILED",
        "INCAPABLE, RecorderIncapableException, FAILED",
        "BUSY, RecorderIncapableException, FAILED",
        "ALREADY_SO, AlreadySoException, ALREADY_SO",
        "NO_CALL, NoConnectedCallException, NOT_LIVE"
    })
    void aStartThatCertainlyWasNotMadeLeavesNothingRegistered(Answer answer, String failure, Result result) {
        recorder.answers(LINE, answer);
        RuntimeException thrown =
                assertThrows(RuntimeException.class, () -> start(named(ALICE, "SEP1", null), free("SEP1", "101")));
        assertEquals(failure, thrown.getClass().getSimpleName());
        assertEquals(List.of(), live());
        assertEquals(result, trail.outcome().result());
    }

    @Test
    void afterADefiniteFailureNoOtherLineIsTried() {
        recorder.answers(LINE, Answer.OUT_OF_REACH);
        assertThrows(
                RecorderUnavailableException.class,
                () -> start(named(ALICE, null, "101"), free("SEP1", "101"), free("SEP2", "101")));
        assertEquals(List.of(LINE), recorder.asked());
    }

    // A stop crosses the start

    private void forgetAll() {
        live().forEach(registry::remove);
    }

    private RecordingId pendingStart() {
        recorder.answers(LINE, Answer.REPLY_LOST);
        assertThrows(RecorderUnavailableException.class, () -> start(named(ALICE, "SEP1", null), free("SEP1", "101")));
        return live().get(0);
    }

    private StartRejectedException rejected(StartRequest request, Line... lines) {
        StartRejectedException rejected = assertThrows(StartRejectedException.class, () -> start(request, lines));
        assertEquals(List.of(), recorder.asked());
        assertEquals(List.of(), live());
        return rejected;
    }

    // What stops by itself

    @Test
    void aTimerIsRegisteredWithItsRecording() {
        recorder.meanwhile(LINE, () -> trail.note("stops " + stops()));
        RecordingId started = start(stoppingAfter("PT8H"), free("SEP1", "101"));
        assertEquals(
                List.of(
                        "asked START",
                        "begin",
                        "commit",
                        "stops [2026-01-01T20:00:00Z]",
                        "begin",
                        "confirmed " + started,
                        "ended DONE",
                        "commit"),
                trail.notes());
        assertEquals(List.of("2026-01-01T20:00:00Z"), stops());
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_CALL", "INCAPABLE", "OUT_OF_REACH", "ALREADY_SO"})
    void whatWasntStartedHasNoTimer(Answer answer) {
        recorder.answersAny(answer);
        assertThrows(RuntimeException.class, () -> start(stoppingAfter("PT8H"), free("SEP1", "101")));
        assertEquals(List.of(), stops());
        assertTrue(timers.timers().take(10, Duration.ofSeconds(1)).isEmpty());
    }

    @Test
    void whatMayHaveBeenStartedHasOne() {
        recorder.answersAny(Answer.REPLY_LOST);
        assertThrows(RuntimeException.class, () -> start(stoppingAfter("PT8H"), free("SEP1", "101")));
        assertEquals(List.of("2026-01-01T20:00:00Z"), stops());
    }

    @Test
    void aMaximumThatIsNoDurationChangesNothing() {
        TimerUnusableException unusable =
                assertThrows(TimerUnusableException.class, () -> start(stoppingAfter("8h"), free("SEP1", "101")));
        assertEquals("maxDuration is not an ISO 8601 duration above zero and of PT24H at most", unusable.getMessage());
        assertEquals(List.of(), recorder.asked());
        assertEquals(List.of(), live());
    }

    @ParameterizedTest
    @CsvSource({"1, SEP2, true, false", "1, SEP1, false, false", "4, SEP1, true, true"})
    void aRuleComesBeforeAMaximumThatIsNoDuration(int reason, String device, boolean monitorable, boolean automatic) {
        StartRejectedException rejected = assertThrows(
                StartRejectedException.class,
                () -> start(stoppingAfter("8h"), line(device, "101", monitorable, automatic)));
        assertEquals(reason, rejected.code());
    }

    private static StartRequest stoppingAfter(String duration) {
        return new StartRequest(ALICE, true, "SEP1", "101", null, false, duration);
    }

    private List<String> stops() {
        return timers.timers().of(live()).values().stream()
                .map(times -> times.stopsAt().toString())
                .toList();
    }

    private RecordingId start(StartRequest request, Line... lines) {
        return starting(recorder, lines).start(request);
    }

    private StartRecordingUseCase starting(CallRecorder asked, Line... lines) {
        return new RegistryStartRecording(
                registry, new ListedLines(lines), asked, holds, trail, timers, trail.requests(), () -> STARTED_AT);
    }

    private StopRecordingUseCase stopping() {
        return new RegistryStopRecording(
                registry,
                new ListedLines(free("SEP1", "101")),
                recorder,
                TestLeases.of(registry, trail.keys(), Duration.ofMinutes(5), InstantSource.system()),
                new StopHolds(holds, false, Duration.ofHours(1)),
                new NotedTrail(),
                new NotedTrail().requests(),
                Duration.ofSeconds(5),
                () -> STARTED_AT);
    }

    private List<RecordingId> live() {
        return registry.findAll().stream().map(LiveRecording::id).toList();
    }

    private static StartRequest named(Caller caller, String device, String number) {
        return new StartRequest(caller, true, device, number, null, false);
    }

    private static StartRequest ownLine(Caller caller) {
        return new StartRequest(caller, true, null, null, null, false);
    }
}
