package org.liverecordings.recording.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.BOB;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.manager;
import static org.liverecordings.recording.store.ListedLines.free;
import static org.liverecordings.recording.store.ListedLines.in;
import static org.liverecordings.recording.store.ListedLines.line;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.Script.Answer;
import org.liverecordings.recording.recorder.ScriptedRecorder;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.Holds.Hold;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.registry.memory.MemoryHolds;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.support.TestLeases;

class RegistryStopRecordingTest {

    private Instant now = Recordings.STARTED_AT;

    private static final RecordingId A = id(1);
    private static final RecordingId B = id(2);
    private static final RecordingId C = id(3);

    private final LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final ScriptedRecorder recorder = new ScriptedRecorder();
    private final NotedTrail trail = new NotedTrail();
    private final StopLeases leases =
            TestLeases.of(registry, trail.keys(), Duration.ofMinutes(5), InstantSource.system());

    private final MemoryHolds holds = new MemoryHolds(() -> now);
    private final StopHolds stopHolds = new StopHolds(holds, false, Duration.ofHours(1));

    // Finding

    @Test
    void byIdStopsThatRecordingAndForgetsIt() {
        recorded(A, "SEP1", "101");
        recorded(B, "SEP1", "101");
        List<RecordingId> stopped = stopById(A, free("SEP1", "101"));
        assertEquals(List.of(A), stopped);
        assertEquals(List.of(A), recorder.asked());
        assertEquals(List.of(B), live());
    }

    @Test
    void byDeviceStopsAllOfItsLines() {
        recorded(A, "SEP1", "101");
        recorded(B, "SEP1", "102");
        recorded(C, "SEP2", "101");
        List<RecordingId> stopped = stopOn("sep1", null, free("SEP1", "101"), free("SEP1", "102"));
        assertEquals(List.of(A, B), stopped);
        assertEquals(List.of(C), live());
    }

    @Test
    void byNumberStopsAllDevicesOfASharedLine() {
        recorded(A, "SEP1", "101");
        recorded(B, "SEP2", "101");
        recorded(C, "SEP2", "102");
        List<RecordingId> stopped = stopOn(null, "101", free("SEP1", "101"), free("SEP2", "101"));
        assertEquals(List.of(A, B), stopped);
        assertEquals(List.of(C), live());
    }

    @Test
    void byBothStopsOneDeviceOfASharedLine() {
        recorded(A, "SEP1", "101");
        recorded(B, "SEP2", "101");
        recorded(C, "SEP2", "102");
        List<RecordingId> stopped = stopOn("SEP2", "101", free("SEP2", "101"));
        assertEquals(List.of(B), stopped);
        assertEquals(List.of(A, C), live());
    }

    @Test
    void whatIsNotRecordedIsNotLive() {
        recorded(A, "SEP1", "101");
        assertThrows(NoLiveRecordingException.class, () -> stopOn("SEP1", "102", free("SEP1", "101")));
        assertEquals(List.of(), recorder.asked());
    }

    @Test
    void anInvalidTargetIsRejectedBeforeAnythingIsLookedUp() {
        RegistryStopRecording stopRecording = new RegistryStopRecording(
                null, null, null, leases, stopHolds, trail, trail.requests(), Duration.ofSeconds(5), () -> now);
        StopRejectedException rejected =
                assertThrows(StopRejectedException.class, () -> stopRecording.stop(StopRequest.byId(ALICE, "101")));
        assertEquals(StopRejection.INVALID_TARGET.code(), rejected.code());
    }

    // On lines of a group that the caller manages

    private static final Line[] TEAMS = {
        in("milan", free("SEP1", "101")),
        in("milan", free("SEP1", "102")),
        in("rome", free("SEP2", "101")),
        ListedLines.of("mia", free("SEP3", "103"))
    };

    private List<RecordingId> stopAs(Caller caller, String device, String number) {
        return stopRecording(new ListedLines(TEAMS)).stop(StopRequest.byLine(caller, device, number));
    }

    @Test
    void whoManagesTheGroupStopsById() {
        recorded(A, "SEP1", "101");
        List<RecordingId> stopped =
                stopRecording(new ListedLines(TEAMS)).stop(StopRequest.byId(manager("milan"), A.toString()));
        assertEquals(List.of(A), stopped);
        assertEquals(List.of(), live());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void anIdElsewhereIsRefusedWhetherItIsRecordedOrNot(int number) {
        recorded(id(2), "SEP2", "101");
        recorded(id(3), "SEP3", "103");
        StopRequest request = StopRequest.byId(manager("milan"), id(number).toString());
        assertThrows(
                NotPermittedException.class,
                () -> stopRecording(new ListedLines(TEAMS)).stop(request));
        assertEquals(List.of(), recorder.asked());
        assertEquals(Result.FORBIDDEN, trail.outcome().result());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    groups     | device | number | stopped
                    milan      | SEP1   |        | 1
                    milan      | SEP1   | 101    | 1
                    milan      |        | 101    | 1
                    rome       |        | 101    | 2
                    milan rome |        | 101    | 1 2
                    """)
    void ofALineWhatTheCallerManagesIsStopped(String groups, String device, String number, String stopped) {
        recorded(A, "SEP1", "101");
        recorded(B, "SEP2", "101");
        List<RecordingId> ids = stopAs(manager(groups.split(" ")), device, number);
        assertEquals(
                Stream.of(stopped.split(" ")).map(id -> id(Long.parseLong(id))).toList(), ids);
    }

    @ParameterizedTest
    @CsvSource({"SEP2,", "SEP2,101", "SEP3,103", ",103", "SEP9,", ",109"})
    void aLineElsewhereIsRefusedWhetherItIsRecordedOrNot(String device, String number) {
        recorded(B, "SEP2", "101");
        assertThrows(NotPermittedException.class, () -> stopAs(manager("milan"), device, number));
        assertEquals(List.of(), recorder.asked());
    }

    @Test
    void othersRecordingsOnAManagedNumberDontShow() {
        recorded(B, "SEP2", "101");
        assertThrows(NoLiveRecordingException.class, () -> stopAs(manager("milan"), null, "101"));
    }

    @Test
    void theRulesOfOthersLinesDontForbidAManagedOne() {
        recorded(A, "SEP1", "101");
        recorded(B, "SEP2", "101");
        List<RecordingId> stopped = stopRecording(
                        new ListedLines(TEAMS[0], in("rome", line("SEP2", "101", false, true))))
                .stop(StopRequest.byLine(manager("milan"), null, "101"));
        assertEquals(List.of(A), stopped);
    }

    @Test
    void theRulesHoldForWhoManagesTheGroup() {
        recorded(A, "SEP1", "101");
        StopRejectedException rejected = assertThrows(
                StopRejectedException.class,
                () -> stopRecording(new ListedLines(in("milan", line("SEP1", "101", true, true))))
                        .stop(StopRequest.byId(manager("milan"), A.toString())));
        assertEquals(StopRejection.AUTOMATIC_RECORDING.code(), rejected.code());
    }

    @Test
    void managedLinesAreNotTheCallersOwn() {
        recorded(A, "SEP1", "101");
        recorded(C, "SEP3", "103");
        List<RecordingId> stopped = stopRecording(new ListedLines(TEAMS)).stop(StopRequest.mine(manager("milan")));
        assertEquals(List.of(C), stopped);
    }

    @Test
    void whatWasStartedOnALineOfWhichNothingIsRecordedCanBeStopped() {
        recorded(A, "SEP1", "101");
        assertEquals(List.of(A), stopById(A, ListedLines.with(RecordingType.NONE, free("SEP1", "101"))));
    }

    // Holds

    private static final LineSelector LINE = new LineSelector(DeviceName.of("SEP1"), DirectoryNumber.of("101"));
    private static final LineSelector OTHER_LINE = new LineSelector(DeviceName.of("SEP2"), DirectoryNumber.of("102"));

    private StopRequest consent(RecordingId id) {
        return StopRequest.byId(ALICE, id.toString()).because("consent-withdrawn");
    }

    @Test
    void aStopForWantOfConsentPutsAHoldOnTheLineBeforeTheRecorderIsAsked() {
        recorded(A, "SEP1", "101");
        recorder.meanwhile(
                A, () -> trail.note("held " + holds.covering(List.of(LINE)).isPresent()));
        stopRecording(new ListedLines(free("SEP1", "101"))).stop(consent(A));
        assertTrue(trail.notes().contains("held true"), trail.notes()::toString);
        Hold hold = holds.covering(List.of(LINE)).orElseThrow();
        assertEquals(LINE, hold.line());
        assertEquals("consent-withdrawn", hold.why());
        assertEquals("alice", hold.user());
        assertEquals(now, hold.since());
        assertEquals(now.plus(Duration.ofHours(1)), hold.until());
        assertEquals(Optional.empty(), holds.covering(List.of(OTHER_LINE)));
    }

    @ParameterizedTest
    @CsvSource({",", "payment,", "legal,", "other,", "consent,"})
    void aStopForAnotherReasonPutsNone(String reason) {
        recorded(A, "SEP1", "101");
        stopRecording(new ListedLines(free("SEP1", "101")))
                .stop(StopRequest.byId(ALICE, A.toString()).because(reason));
        assertEquals(List.of(), holds.latest(10));
    }

    @Test
    void ifEveryStopIsToPutAHoldOneWithoutAReasonDoes() {
        recorded(A, "SEP1", "101");
        new RegistryStopRecording(
                        registry,
                        new ListedLines(free("SEP1", "101")),
                        recorder,
                        leases,
                        new StopHolds(holds, true, Duration.ofMinutes(1)),
                        trail,
                        trail.requests(),
                        Duration.ofSeconds(5),
                        () -> now)
                .stop(StopRequest.byId(ALICE, A.toString()));
        assertNull(holds.covering(List.of(LINE)).orElseThrow().why());
    }

    @Test
    void aStopOfNothingPutsNone() {
        assertThrows(
                NoLiveRecordingException.class,
                () -> stopRecording(new ListedLines(free("SEP1", "101"))).stop(consent(A)));
        assertEquals(List.of(), holds.latest(10));
    }

    @Test
    void aStopThatARuleForbidsPutsNone() {
        recorded(A, "SEP1", "101");
        assertThrows(
                StopRejectedException.class,
                () -> stopRecording(new ListedLines(line("SEP1", "101", true, true)))
                        .stop(consent(A)));
        assertEquals(List.of(), holds.latest(10));
    }

    @Test
    void whatEndedByItselfLeavesNone() {
        recorded(A, "SEP1", "101");
        recorder.answers(A, Answer.NOT_LIVE);
        assertThrows(
                NoLiveRecordingException.class,
                () -> stopRecording(new ListedLines(free("SEP1", "101"))).stop(consent(A)));
        assertEquals(List.of(), holds.latest(10));
    }

    @Test
    void aStopThatFailedLeavesItsHold() {
        recorded(A, "SEP1", "101");
        recorder.answers(A, Answer.REPLY_LOST);
        assertThrows(
                RecorderUnavailableException.class,
                () -> stopRecording(new ListedLines(free("SEP1", "101"))).stop(consent(A)));
        assertEquals(List.of(LINE), holds.latest(10).stream().map(Hold::line).toList());
    }

    @Test
    void aHoldThatWasThereOutlivesAStopOfNothing() {
        holds.put(List.of(LINE), "legal", "bob", Duration.ofMinutes(1));
        whatEndedByItself();
        assertEquals("legal", holds.covering(List.of(LINE)).orElseThrow().why());
    }

    private void whatEndedByItself() {
        recorded(A, "SEP1", "101");
        recorder.answers(A, Answer.NOT_LIVE);
        assertThrows(
                NoLiveRecordingException.class,
                () -> stopRecording(new ListedLines(free("SEP1", "101"))).stop(consent(A)));
    }

    @Test
    void aStartThatCrossedAStopOfTheLineIsStoppedWithIt() {
        recorded(A, "SEP1", "101");
        AtomicReference<Runnable> crossing = new AtomicReference<>(() -> recorded(B, "SEP1", "101"));
        Holds crossed = new DelegatingHolds(holds, () -> {
            Runnable start = crossing.getAndSet(() -> {});
            start.run();
        });
        List<RecordingId> stopped = new RegistryStopRecording(
                        registry,
                        new ListedLines(free("SEP1", "101")),
                        recorder,
                        leases,
                        new StopHolds(crossed, false, Duration.ofHours(1)),
                        trail,
                        trail.requests(),
                        Duration.ofSeconds(5),
                        () -> now)
                .stop(StopRequest.byLine(ALICE, "SEP1", null).because("consent-withdrawn"));
        assertEquals(List.of(A, B), stopped);
        assertEquals(List.of(), live());
        assertEquals(1, trail.notes().stream().filter("asked STOP"::equals).count());
    }

    /** Holds during whose putting something happens. */
    private record DelegatingHolds(Holds to, Runnable meanwhile) implements Holds {

        @Override
        public List<Hold> put(Collection<LineSelector> lines, String why, String user, Duration duration) {
            List<Hold> put = to.put(lines, why, user, duration);
            meanwhile.run();
            return put;
        }

        @Override
        public Optional<Hold> covering(Collection<LineSelector> lines) {
            return to.covering(lines);
        }

        @Override
        public List<Hold> before(Hold later, int limit) {
            return to.before(later, limit);
        }

        @Override
        public Optional<Hold> find(UUID id) {
            return to.find(id);
        }

        @Override
        public boolean lift(UUID id) {
            return to.lift(id);
        }

        @Override
        public boolean end(Hold hold) {
            return to.end(hold);
        }

        @Override
        public List<Hold> removeLapsed(Collection<LineSelector> lines) {
            return to.removeLapsed(lines);
        }

        @Override
        public List<Hold> removeLapsed(int limit) {
            return to.removeLapsed(limit);
        }
    }

    // Dial-ins

    @Test
    void aManualDialInDoesntCountWhereADeviceIsNamed() {
        dialIn(A, "SEP1", "101", RecordingOrigin.MANUAL);
        assertThrows(NoLiveRecordingException.class, () -> stopOn("SEP1", "101", free("SEP1", "101")));
        assertEquals(List.of(A), live());
    }

    @Test
    void besideAManualDialInTheDevicesOtherRecordingIsStopped() {
        dialIn(A, "SEP1", "101", RecordingOrigin.MANUAL);
        recorded(B, "SEP1", "101");
        List<RecordingId> stopped = stopOn("SEP1", null, free("SEP1", "101"));
        assertEquals(List.of(B), stopped);
        assertEquals(List.of(A), live());
    }

    @Test
    void anAutomaticDialInCountsWhereItsDeviceIsNamed() {
        dialIn(A, "SEP1", "101", RecordingOrigin.AUTOMATIC);
        assertEquals(List.of(A), stopOn("SEP1", null, free("SEP1", "101")));
    }

    @Test
    void aDialInWithoutDeviceIsStoppedByItsNumber() {
        dialIn(A, null, "101", RecordingOrigin.MANUAL);
        assertEquals(List.of(A), stopOn(null, "101", free("SEP1", "101")));
    }

    @Test
    void aDialInWithoutDeviceIsStoppedByItsId() {
        dialIn(A, null, "101", RecordingOrigin.MANUAL);
        assertEquals(List.of(A), stopById(A, free("SEP1", "101")));
    }

    @Test
    void ofADialInWithoutDeviceTheAppearanceThatAllowsMostDecides() {
        dialIn(A, null, "101", RecordingOrigin.MANUAL);
        List<RecordingId> stopped = stopOn(
                null,
                "101",
                line("SEP1", "101", false, false),
                line("SEP2", "101", true, true),
                line("SEP3", "101", true, false),
                line("SEP4", "101", true, true));
        assertEquals(List.of(A), stopped);
    }

    @Test
    void ofADialInWithoutDeviceAMonitorableAppearanceOutweighsAnUnautomaticOne() {
        dialIn(A, null, "101", RecordingOrigin.MANUAL);
        StopRejectedException rejected = assertThrows(
                StopRejectedException.class,
                () -> stopOn(null, "101", line("SEP1", "101", false, false), line("SEP2", "101", true, true)));
        assertEquals(StopRejection.AUTOMATIC_RECORDING.code(), rejected.code());
    }

    @Test
    void ofADialInWithoutDeviceTheFirstUnmonitorableAppearanceIsNamed() {
        dialIn(A, null, "101", RecordingOrigin.MANUAL);
        StopRejectedException rejected = assertThrows(
                StopRejectedException.class,
                () -> stopOn(null, "101", line("SEP1", "101", false, false), line("SEP2", "101", false, false)));
        assertEquals(StopRejection.NOT_MONITORABLE.code(), rejected.code());
        assertEquals("SEP1", rejected.deviceName().value());
    }

    @Test
    void aDialInWhoseNumberNoInventoryKnowsIsNotMonitorableAndNamesNoDevice() {
        dialIn(A, null, "101", RecordingOrigin.MANUAL);
        StopRejectedException rejected =
                assertThrows(StopRejectedException.class, () -> stopOn(null, "101", free("SEP1", "102")));
        assertEquals(StopRejection.NOT_MONITORABLE.code(), rejected.code());
        assertNull(rejected.deviceName());
    }

    @Test
    void ofADialInWithADeviceOnlyThatAppearanceDecides() {
        dialIn(A, "SEP1", "101", RecordingOrigin.MANUAL);
        StopRejectedException rejected = assertThrows(
                StopRejectedException.class,
                () -> stopOn(null, "101", line("SEP1", "101", false, false), free("SEP2", "101")));
        assertEquals("SEP1", rejected.deviceName().value());
    }

    // The caller's own

    @Test
    void mineStopsWhatIsOnTheCallersOwnLines() {
        recorded(A, "SEP1", "101");
        recorded(B, "SEP2", "101");
        dialIn(C, null, "102", RecordingOrigin.MANUAL);
        List<RecordingId> stopped = stopMine(
                BOB,
                free("SEP1", "101"),
                ListedLines.of("Bob", free("SEP2", "101")),
                ListedLines.of("Bob", free("SEP2", "102")));
        assertEquals(List.of(B, C), stopped);
        assertEquals(List.of(A), live());
    }

    @Test
    void mineStopsADialInThatMayBeOnSeveralOfTheCallersLinesOnce() {
        dialIn(A, null, "101", RecordingOrigin.MANUAL);
        List<RecordingId> stopped =
                stopMine(BOB, ListedLines.of("bob", free("SEP1", "101")), ListedLines.of("bob", free("SEP2", "101")));
        assertEquals(List.of(A), stopped);
        assertEquals(List.of(A), recorder.asked());
    }

    @Test
    void mineIsTheCallersOwnEvenWithCompleteManagement() {
        recorded(A, "SEP1", "101");
        recorded(B, "SEP2", "102");
        List<RecordingId> stopped = stopMine(ALICE, ListedLines.of("alice", free("SEP1", "101")), free("SEP2", "102"));
        assertEquals(List.of(A), stopped);
        assertEquals(List.of(B), live());
    }

    @Test
    void ofACallerWithoutLinesNothingIsMine() {
        recorded(A, "SEP1", "101");
        StopRejectedException rejected =
                assertThrows(StopRejectedException.class, () -> stopMine(BOB, free("SEP1", "101")));
        assertEquals(StopRejection.INVALID_TARGET.code(), rejected.code());
        assertEquals(List.of(A), live());
    }

    @Test
    void ifNothingOfMineIsRecordedNothingIsLive() {
        recorded(A, "SEP1", "101");
        assertThrows(
                NoLiveRecordingException.class,
                () -> stopMine(BOB, free("SEP1", "101"), ListedLines.of("bob", free("SEP2", "102"))));
        assertEquals(List.of(A), live());
    }

    @Test
    void theRulesHoldForMine() {
        recorded(A, "SEP1", "101");
        StopRejectedException rejected = assertThrows(
                StopRejectedException.class,
                () -> stopMine(BOB, ListedLines.of("bob", line("SEP1", "101", true, true))));
        assertEquals(StopRejection.AUTOMATIC_RECORDING.code(), rejected.code());
        assertEquals("Mine", trail.everAsked().get(0).id());
    }

    // Rules

    @Test
    void aLineThatNoInventoryKnowsIsNotMonitorable() {
        recorded(A, "SEP1", "101");
        StopRejectedException rejected =
                assertThrows(StopRejectedException.class, () -> stopById(A, free("SEP1", "102")));
        assertEquals(StopRejection.NOT_MONITORABLE.code(), rejected.code());
        assertEquals("SEP1", rejected.deviceName().value());
    }

    @Test
    void notMonitorableOutweighsAutomaticOnOneLine() {
        recorded(A, "SEP1", "101");
        StopRejectedException rejected =
                assertThrows(StopRejectedException.class, () -> stopById(A, line("SEP1", "101", false, true)));
        assertEquals(StopRejection.NOT_MONITORABLE.code(), rejected.code());
    }

    @Test
    void notMonitorableOutweighsAutomaticAmongSeveralWhateverTheirOrder() {
        recorded(A, "SEP1", "101");
        recorded(B, "SEP2", "101");
        StopRejectedException rejected = assertThrows(
                StopRejectedException.class,
                () -> stopOn(null, "101", line("SEP1", "101", true, true), line("SEP2", "101", false, false)));
        assertEquals(StopRejection.NOT_MONITORABLE.code(), rejected.code());
        assertEquals("SEP2", rejected.deviceName().value());
    }

    @Test
    void anAutomaticLineNamesNoDevice() {
        recorded(A, "SEP1", "101");
        StopRejectedException rejected =
                assertThrows(StopRejectedException.class, () -> stopById(A, line("SEP1", "101", true, true)));
        assertEquals(StopRejection.AUTOMATIC_RECORDING.code(), rejected.code());
        assertNull(rejected.deviceName());
    }

    @Test
    void ifOneOfSeveralBreaksARuleNoneIsStopped() {
        recorded(A, "SEP1", "101");
        recorded(B, "SEP2", "101");
        assertThrows(
                StopRejectedException.class,
                () -> stopOn(null, "101", free("SEP1", "101"), line("SEP2", "101", true, true)));
        assertEquals(List.of(), recorder.asked());
        assertEquals(List.of(A, B), live());
    }

    // Several recordings

    @Test
    void ifOneOfSeveralFailsTheOthersAreStoppedAllTheSame() {
        threeOnOneLine();
        recorder.answers(A, Answer.OUT_OF_REACH);
        RecorderUnavailableException failure =
                assertThrows(RecorderUnavailableException.class, this::stopThreeOnOneLine);
        assertEquals("out of reach", failure.getMessage());
        assertEquals(List.of(A, B, C), recorder.asked());
        assertEquals(List.of(A), live());
    }

    @Test
    void theTrailOfAFailureTellsWhatWasStoppedNonetheless() {
        threeOnOneLine();
        recorder.answers(B, Answer.REFUSED);
        assertThrows(RecorderFailedException.class, this::stopThreeOnOneLine);
        assertEquals(List.of(A, C), trail.outcome().recordings());
    }

    @Test
    void ifTheRecorderThrowsForOneOfSeveralTheOthersAreStoppedAllTheSame() {
        threeOnOneLine();
        recorder.answers(A, Answer.THROWS);
        IllegalStateException failure = assertThrows(IllegalStateException.class, this::stopThreeOnOneLine);
        assertEquals("thrown", failure.getMessage());
        assertEquals(List.of(A), live());
    }

    @Test
    void whatAskingAgainCantMendOutweighsWhatItCan() {
        threeOnOneLine();
        recorder.answers(A, Answer.OUT_OF_REACH).answers(B, Answer.REFUSED).answers(C, Answer.OUT_OF_REACH);
        RecorderFailedException failure = assertThrows(RecorderFailedException.class, this::stopThreeOnOneLine);
        assertEquals("refused", failure.getMessage());
        assertFalse(failure.mayHaveArrived());
        assertEquals(List.of(A, B, C), live());
    }

    @Test
    void whatIsUnknownOfOneIsUnknownOfAll() {
        threeOnOneLine();
        recorder.answers(A, Answer.REPLY_LOST).answers(B, Answer.REFUSED);
        RecorderFailedException failure = assertThrows(RecorderFailedException.class, this::stopThreeOnOneLine);
        assertEquals("refused", failure.getMessage());
        assertTrue(failure.mayHaveArrived());
        assertEquals(List.of(C), trail.outcome().recordings());
    }

    @Test
    void aRepeatedCallGoesOnWithTheRest() {
        threeOnOneLine();
        recorder.answers(B, Answer.OUT_OF_REACH, Answer.DONE);
        assertThrows(RecorderUnavailableException.class, this::stopThreeOnOneLine);
        assertEquals(List.of(A, B, C), stopThreeOnOneLine());
        assertEquals(List.of(), live());
    }

    @Test
    void oneThatEndedByItselfAmongSeveralIsForgottenWithoutAWord() {
        threeOnOneLine();
        recorder.answers(B, Answer.NOT_LIVE);
        assertEquals(List.of(A, C), stopThreeOnOneLine());
        assertEquals(List.of(), live());
    }

    @Test
    void ifAllOfSeveralEndedByThemselvesNoneIsLive() {
        threeOnOneLine();
        recorder.answers(A, Answer.NOT_LIVE).answers(B, Answer.NOT_LIVE).answers(C, Answer.NOT_LIVE);
        assertThrows(NoLiveRecordingException.class, this::stopThreeOnOneLine);
        assertEquals(List.of(), live());
    }

    // Claims

    @Test
    void aStopThatIsRepeatedAfterALostReplyIsConfirmedOnce() {
        recorded(A, "SEP1", "101");
        recorder.answers(A, Answer.REPLY_LOST, Answer.NOT_LIVE);
        assertThrows(RecorderUnavailableException.class, () -> stopById(A, free("SEP1", "101")));
        assertEquals(List.of(A), stopById(A, free("SEP1", "101")));
        assertThrows(NoLiveRecordingException.class, () -> stopById(A, free("SEP1", "101")));
    }

    @Test
    void aLostReplyByIdIsConfirmedByLineToo() {
        recorded(A, "SEP1", "101");
        recorder.answers(A, Answer.REPLY_LOST, Answer.NOT_LIVE);
        assertThrows(RecorderUnavailableException.class, () -> stopById(A, free("SEP1", "101")));
        assertEquals(List.of(A), stopOn("SEP1", null, free("SEP1", "101")));
    }

    @Test
    void aRecordingThatAnotherCallStopsBetweenTheRulesAndTheRecorderIsNotClaimedAgain() {
        recorded(A, "SEP1", "101");
        AtomicReference<List<RecordingId>> stoppedByTheOther = new AtomicReference<>();
        ListedLines lines = new ListedLines(free("SEP1", "101"));
        LineCapabilities slowLines = new LineCapabilities() {
            @Override
            public Optional<Line> find(DeviceName deviceName, DirectoryNumber directoryNumber) {
                stoppedByTheOther.set(stopRecording(lines).stop(StopRequest.byId(ALICE, A.toString())));
                return lines.find(deviceName, directoryNumber);
            }

            @Override
            public List<Line> find(LineSelector selector) {
                return lines.find(selector);
            }

            @Override
            public List<Line> ofUser(String username) {
                return lines.ofUser(username);
            }

            @Override
            public List<Line> ofUsers(Collection<String> usernames) {
                return lines.ofUsers(usernames);
            }

            @Override
            public List<Line> ofNumbers(Collection<DirectoryNumber> numbers) {
                return lines.ofNumbers(numbers);
            }

            @Override
            public long count() {
                return lines.count();
            }
        };
        recorder.answers(A, Answer.DONE, Answer.NOT_LIVE_AFTER_LOST_REPLY);
        assertThrows(
                NoLiveRecordingException.class,
                () -> stopRecording(slowLines).stop(StopRequest.byId(ALICE, A.toString())));
        assertEquals(List.of(A), stoppedByTheOther.get());
    }

    @Test
    void aRecordingWhoseStartIsPendingIsKeptWhileItMayYetBegin() {
        registry.addAll(List.of(Recordings.forked(A, "SEP1", "101").with(RecordingStatus.START_PENDING)));
        recorder.answers(A, Answer.NOT_LIVE);
        now = Recordings.STARTED_AT.plusSeconds(64);
        assertThrows(RecorderUnavailableException.class, () -> stopById(A, free("SEP1", "101")));
        assertEquals(List.of(A), live());
    }

    @Test
    void aStopOfARecordingThatMayYetBeginIsNotClaimedAfterALostReply() {
        registry.addAll(List.of(Recordings.forked(A, "SEP1", "101").with(RecordingStatus.START_PENDING)));
        recorder.answers(A, Answer.NOT_LIVE_AFTER_LOST_REPLY);
        now = Recordings.STARTED_AT.plusSeconds(1);
        assertThrows(RecorderUnavailableException.class, () -> stopById(A, free("SEP1", "101")));
        assertEquals(List.of(A), live());
    }

    @Test
    void aRecordingWhoseStartWasLostForGoodIsForgotten() {
        registry.addAll(List.of(Recordings.forked(A, "SEP1", "101").with(RecordingStatus.START_PENDING)));
        recorder.answers(A, Answer.NOT_LIVE);
        now = Recordings.STARTED_AT.plusSeconds(65);
        assertThrows(NoLiveRecordingException.class, () -> stopById(A, free("SEP1", "101")));
        assertEquals(List.of(), live());
    }

    @Test
    void aRecordingWhoseStartIsPendingIsStoppedOnceItRuns() {
        registry.addAll(List.of(Recordings.forked(A, "SEP1", "101").with(RecordingStatus.START_PENDING)));
        recorder.answers(A, Answer.NOT_LIVE, Answer.DONE);
        assertThrows(RecorderUnavailableException.class, () -> stopById(A, free("SEP1", "101")));
        assertEquals(List.of(A), stopById(A, free("SEP1", "101")));
        assertEquals(List.of(), live());
    }

    @Test
    void aPausedRecordingIsStopped() {
        registry.addAll(List.of(Recordings.forked(A, "SEP1", "101").with(RecordingStatus.PAUSED)));
        assertEquals(List.of(A), stopById(A, free("SEP1", "101")));
        assertEquals(List.of(), live());
    }

    private void threeOnOneLine() {
        recorded(A, "SEP1", "101");
        recorded(B, "SEP2", "101");
        recorded(C, "SEP3", "101");
    }

    private List<RecordingId> stopThreeOnOneLine() {
        return stopOn(null, "101", free("SEP1", "101"), free("SEP2", "101"), free("SEP3", "101"));
    }

    private List<RecordingId> stopById(RecordingId id, Line... lines) {
        return stopRecording(new ListedLines(lines)).stop(StopRequest.byId(ALICE, id.toString()));
    }

    private List<RecordingId> stopOn(String device, String number, Line... lines) {
        return stopRecording(new ListedLines(lines)).stop(StopRequest.byLine(ALICE, device, number));
    }

    private List<RecordingId> stopMine(Caller caller, Line... lines) {
        return stopRecording(new ListedLines(lines)).stop(StopRequest.mine(caller));
    }

    private RegistryStopRecording stopRecording(LineCapabilities lines) {
        return new RegistryStopRecording(
                registry,
                lines,
                recorder,
                leases,
                stopHolds,
                trail,
                trail.requests(),
                Duration.ofSeconds(5),
                () -> now);
    }

    private void recorded(RecordingId id, String device, String number) {
        registry.addAll(List.of(Recordings.forked(id, device, number)));
    }

    private void dialIn(RecordingId id, String device, String number, RecordingOrigin origin) {
        registry.addAll(List.of(Recordings.dialIn(id, device, number, origin)));
    }

    private List<RecordingId> live() {
        return List.of(A, B, C).stream()
                .filter(id -> registry.find(id).filter(LiveRecording::isLive).isPresent())
                .toList();
    }
}
