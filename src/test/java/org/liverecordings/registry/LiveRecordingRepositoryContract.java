package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.on;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.LiveRecording.Pauses;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.store.LiveRecordingRepository;

/** What every registry of live recordings does. */
@Timeout(60)
abstract class LiveRecordingRepositoryContract {

    private static final RecordingId A = id("10000000-0000-4000-8000-000000000000");
    private static final RecordingId B = id("7fffffff-ffff-4fff-8fff-ffffffffffff");
    private static final RecordingId C = id("80000000-0000-4000-8000-000000000000");
    private static final RecordingId D = id("80000000-0000-4000-9000-000000000000");
    private static final RecordingId E = id("ffffffff-0000-4000-8000-000000000000");

    /** As fine as every store keeps it. */
    private static final Instant STARTED_AT = Instant.parse("2026-01-01T12:00:00.123456Z");

    private LiveRecordingRepository registry;

    /** A registry without recordings. */
    abstract LiveRecordingRepository emptyRegistry();

    @BeforeEach
    void open() {
        registry = emptyRegistry();
    }

    @Test
    void aNewRegistryIsEmpty() {
        assertEquals(0, registry.count());
        assertEquals(Optional.empty(), registry.find(A));
        assertEquals(List.of(), registry.find(on("SEP1", null)));
    }

    @Test
    void whatIsAddedIsFoundAsItWas() {
        LiveRecording forked = new LiveRecording(
                A,
                DeviceName.of("SEP123456789ABC"),
                DirectoryNumber.of("+390584943232"),
                RecordingMode.MEDIA_FORKING,
                RecordingOrigin.AUTOMATIC,
                STARTED_AT,
                RecordingStatus.PAUSED);
        LiveRecording dialIn = dialIn(B, "101");
        registry.addAll(List.of(forked, dialIn));
        assertEquals(Optional.of(forked), registry.find(A));
        assertEquals(
                "SEP123456789ABC", registry.find(A).orElseThrow().deviceName().value());
        assertEquals(Optional.of(dialIn), registry.find(B));
        assertEquals(2, registry.count());
    }

    @Test
    void addingNothingChangesNothing() {
        registry.addAll(List.of());
        assertEquals(0, registry.count());
    }

    @Test
    void aRecordingThatIsThereStaysAsItIs() {
        LiveRecording first = recording(A, "SEP1", "101");
        registry.addAll(List.of(first));
        registry.addAll(List.of(recording(A, "SEP2", "102"), recording(B, "SEP2", "102")));
        assertEquals(Optional.of(first), registry.find(A));
        assertEquals(List.of(B), ids(on("SEP2", null)));
        assertEquals(2, registry.count());
    }

    @Test
    void ofTwoWithOneIdTheFirstIsAdded() {
        LiveRecording first = recording(A, "SEP1", "101");
        registry.addAll(List.of(first, recording(A, "SEP2", "102")));
        assertEquals(Optional.of(first), registry.find(A));
        assertEquals(1, registry.count());
    }

    @Test
    void aDeviceNameSelectsItsRecordingsWithoutRegardToCase() {
        registry.addAll(
                List.of(recording(A, "SepOne", "101"), recording(B, "SEPONE", "102"), recording(C, "SEP2", "101")));
        assertEquals(List.of(A, B), ids(on("sepone", null)));
    }

    @Test
    void aNumberSelectsItsRecordingsOnAllDevicesAndDialIns() {
        registry.addAll(List.of(recording(A, "SEP1", "101"), dialIn(B, "101"), recording(C, "SEP2", "102")));
        assertEquals(List.of(A, B), ids(on(null, "101")));
    }

    @Test
    void bothSelectOneLineOfOneDevice() {
        registry.addAll(List.of(
                recording(A, "SEP1", "101"),
                recording(B, "SEP1", "102"),
                recording(C, "SEP2", "101"),
                dialIn(D, "101")));
        assertEquals(List.of(A), ids(on("sep1", "101")));
    }

    @Test
    void aNumberMatchesAsAWholeAndLiterally() {
        registry.addAll(List.of(recording(A, "SEP1", "101"), recording(B, "SEP2", "1__"), recording(C, "SEP3", "1%")));
        assertEquals(List.of(B), ids(on(null, "1__")));
        assertEquals(List.of(C), ids(on(null, "1%")));
        assertEquals(List.of(), ids(on(null, "10")));
    }

    @Test
    void namesWithQuotesAndOtherScriptsAreJustNames() {
        registry.addAll(List.of(recording(A, "O'Brien;--", "101"), recording(B, "ΤΗΛΈΦΩΝΟ", "102")));
        assertEquals(List.of(A), ids(on("o'brien;--", null)));
        assertEquals(List.of(B), ids(on("ΤΗΛΈΦΩΝΟ", null)));
    }

    @Test
    void whatIsSelectedComesInTheOrderOfTheWrittenIds() {
        List<LiveRecording> shuffled = new ArrayList<>(List.of(
                recording(D, "SEP1", "101"),
                recording(B, "SEP1", "101"),
                recording(E, "SEP1", "101"),
                recording(A, "SEP1", "101"),
                recording(C, "SEP1", "101")));
        registry.addAll(shuffled);
        assertEquals(List.of(A, B, C, D, E), ids(on("SEP1", null)));
        assertEquals(List.of(A, B, C, D, E), ids(on(null, "101")));
    }

    @Test
    void severalNumbersSelectTheirRecordingsAndDialInsInTheOrderOfTheIds() {
        registry.addAll(List.of(
                recording(D, "SEP1", "101"),
                dialIn(B, "101"),
                recording(C, "SEP2", "102"),
                recording(A, "SEP3", "103"),
                recording(E, "SEP3", "104")));
        assertEquals(List.of(A, B, D), idsOn("103", "101", "101", "10", "1_4"));
    }

    @Test
    void noNumberSelectsNothing() {
        registry.addAll(List.of(recording(A, "SEP1", "101")));
        assertEquals(List.of(), idsOn());
    }

    private List<RecordingId> idsOn(String... numbers) {
        return registry.findOn(Stream.of(numbers).map(DirectoryNumber::of).toList()).stream()
                .map(LiveRecording::id)
                .toList();
    }

    @Test
    void whatIsRemovedIsFoundNoMoreByAnything() {
        registry.addAll(List.of(recording(A, "SEP1", "101"), recording(B, "SEP1", "101")));
        assertTrue(registry.remove(A));
        assertEquals(Optional.empty(), registry.find(A));
        assertEquals(List.of(B), ids(on("SEP1", null)));
        assertEquals(List.of(B), ids(on(null, "101")));
        assertEquals(1, registry.count());
    }

    @Test
    void whatIsNotThereCantBeRemoved() {
        registry.addAll(List.of(dialIn(A, "101")));
        assertTrue(registry.remove(A));
        assertFalse(registry.remove(A));
        assertFalse(registry.remove(B));
    }

    @Test
    void whatWasRemovedCanBeAddedAgain() {
        registry.addAll(List.of(recording(A, "SEP1", "101")));
        registry.remove(A);
        registry.addAll(List.of(recording(A, "SEP2", "102")));
        assertEquals(List.of(A), ids(on("SEP2", "102")));
        assertEquals(List.of(), ids(on("SEP1", null)));
    }

    @Test
    void whatWasFoundStaysAsItWas() {
        registry.addAll(List.of(recording(A, "SEP1", "101"), recording(B, "SEP1", "101")));
        List<LiveRecording> found = registry.find(on("SEP1", null));
        registry.remove(A);
        assertEquals(List.of(A, B), found.stream().map(LiveRecording::id).toList());
    }

    @Test
    void ofSimultaneousRemovalsExactlyOneSucceeds() throws Exception {
        for (int round = 0; round < 50; round++) {
            registry.addAll(List.of(recording(A, "SEP1", "101")));
            assertEquals(1, simultaneously(16, () -> registry.remove(A)));
        }
    }

    // A line that is to be recorded

    @Test
    void aFreeLineIsTaken() {
        LiveRecording started = recording(A, "SEP1", "101").with(RecordingStatus.START_PENDING);
        boolean added = registry.addIfLineIsFree(started);
        assertTrue(added);
        assertEquals(Optional.of(started), registry.find(A));
        assertEquals(List.of(A), ids(on("SEP1", "101")));
    }

    @Test
    void aLineThatIsRecordedIsNotTakenHoweverItsDeviceIsSpelled() {
        registry.addAll(List.of(recording(A, "SEP1", "101")));
        boolean added = registry.addIfLineIsFree(recording(B, "sep1", "101"));
        assertFalse(added);
        assertEquals(Optional.empty(), registry.find(B));
        assertEquals(1, registry.count());
    }

    @Test
    void aLineOnWhichAStartIsPendingIsNotTaken() {
        registry.addIfLineIsFree(recording(A, "SEP1", "101").with(RecordingStatus.START_PENDING));
        boolean added = registry.addIfLineIsFree(recording(B, "SEP1", "101"));
        assertFalse(added);
    }

    @Test
    void aLineWithADialInWithoutDeviceIsNotTaken() {
        registry.addAll(List.of(dialIn(A, "101")));
        boolean added = registry.addIfLineIsFree(recording(B, "SEP1", "101"));
        assertFalse(added);
        assertEquals(List.of(A), ids(on(null, "101")));
    }

    @Test
    void anotherLineOfTheDeviceAndAnotherDeviceOfTheNumberAreFree() {
        registry.addAll(List.of(recording(A, "SEP1", "102"), recording(B, "SEP2", "101"), dialIn(C, "103")));
        boolean added = registry.addIfLineIsFree(recording(D, "SEP1", "101"));
        assertTrue(added);
        assertEquals(4, registry.count());
    }

    @Test
    void aLineIsFreeAgainOnceItsRecordingIsForgotten() {
        registry.addIfLineIsFree(recording(A, "SEP1", "101"));
        registry.remove(A);
        boolean added = registry.addIfLineIsFree(recording(B, "SEP1", "101"));
        assertTrue(added);
    }

    @Test
    void ofSimultaneousStartsOnOneLineExactlyOneTakesIt() throws Exception {
        for (int round = 0; round < 50; round++) {
            int taken = simultaneously(
                    16, () -> registry.addIfLineIsFree(recording(new RecordingId(UUID.randomUUID()), "SEP1", "101")));
            assertEquals(1, taken);
            assertEquals(1, registry.count());
            registry.findAll().forEach(recording -> registry.remove(recording.id()));
        }
    }

    // All, and changes

    @Test
    void allComeInTheOrderOfTheWrittenIds() {
        registry.addAll(List.of(
                recording(E, "SEP1", "101"),
                dialIn(B, "102"),
                recording(D, "SEP3", "103"),
                recording(A, "SEP2", "101")));
        registry.addIfLineIsFree(recording(C, "SEP4", "104"));
        assertEquals(
                List.of(A, B, C, D, E),
                registry.findAll().stream().map(LiveRecording::id).toList());
    }

    @Test
    void anEmptyRegistryHasNone() {
        assertEquals(List.of(), registry.findAll());
    }

    @Test
    void anExpectedStatusIsChangedAndNothingElse() {
        LiveRecording recording = recording(A, "SEP1", "101");
        registry.addAll(List.of(recording, recording(B, "SEP1", "101")));
        Optional<RecordingStatus> before = registry.change(A, RecordingStatus.RECORDING, RecordingStatus.PAUSED);
        assertEquals(Optional.of(RecordingStatus.RECORDING), before);
        LiveRecording paused = registry.find(A).orElseThrow();
        assertEquals(
                new LiveRecording(
                        A,
                        recording.deviceName(),
                        recording.directoryNumber(),
                        recording.mode(),
                        recording.origin(),
                        recording.startedAt(),
                        RecordingStatus.PAUSED,
                        recording.call(),
                        paused.pauses()),
                paused);
        assertEquals(List.of(A, B), ids(on("SEP1", null)));
        assertEquals(RecordingStatus.RECORDING, registry.find(B).orElseThrow().status());
    }

    @Test
    void whatTheRecorderTellsOfTheCallIsKept() {
        LiveRecording recording = recording(A, "SEP1", "101");
        registry.addAll(List.of(recording, recording(B, "SEP1", "101")));
        Call call = new Call("east", "Bob", "102");
        boolean learnt = registry.learn(A, call);
        assertEquals(true, learnt);
        assertEquals(Optional.of(recording.of(call)), registry.find(A));
        assertEquals(Call.UNKNOWN, registry.find(B).orElseThrow().call());
    }

    @Test
    void ofARecordingThatIsNotThereNothingIsKept() {
        assertEquals(false, registry.learn(A, new Call("east", null, null)));
        assertEquals(0, registry.count());
    }

    @Test
    void howLongARecordingWasPausedIsKept() throws InterruptedException {
        registry.addAll(List.of(recording(A, "SEP1", "101")));
        registry.change(A, RecordingStatus.RECORDING, RecordingStatus.PAUSED);
        Thread.sleep(20);
        boolean begun = registry.find(A).orElseThrow().pauses().since() != null;
        registry.change(A, RecordingStatus.PAUSED, RecordingStatus.RECORDING);
        Pauses pauses = registry.find(A).orElseThrow().pauses();
        assertEquals(true, begun);
        assertEquals(null, pauses.since());
        assertEquals(true, pauses.over().toMillis() >= 20, pauses::toString);
    }

    @Test
    void anotherStatusThanTheExpectedOneStays() {
        registry.addAll(List.of(recording(A, "SEP1", "101")));
        Optional<RecordingStatus> before = registry.change(A, RecordingStatus.START_PENDING, RecordingStatus.PAUSED);
        assertEquals(Optional.of(RecordingStatus.RECORDING), before);
        assertEquals(RecordingStatus.RECORDING, registry.find(A).orElseThrow().status());
    }

    @Test
    void whatIsNotThereHasNoStatusToChange() {
        Optional<RecordingStatus> before = registry.change(A, RecordingStatus.RECORDING, RecordingStatus.PAUSED);
        assertEquals(Optional.empty(), before);
        assertEquals(0, registry.count());
    }

    @Test
    void aChangedRecordingCanBeRemoved() {
        registry.addAll(List.of(recording(A, "SEP1", "101")));
        registry.change(A, RecordingStatus.RECORDING, RecordingStatus.PAUSED);
        assertTrue(registry.remove(A));
        assertEquals(List.of(), ids(on("SEP1", null)));
    }

    @Test
    void aPageBeginsAfterTheLastOfTheOneBefore() {
        registry.addAll(List.of(recording(C, "SEP3", "103"), recording(A, "SEP1", "101"), recording(B, "SEP2", "102")));

        List<List<RecordingId>> pages = Stream.of(
                        registry.findAfter(null, 2), registry.findAfter(B, 2), registry.findAfter(C, 2))
                .map(page -> page.stream().map(LiveRecording::id).toList())
                .toList();

        assertEquals(List.of(List.of(A, B), List.of(C), List.of()), pages);
    }

    @Test
    void unsettledIsWhatIsPendingOrStoppedAtThatMoment() {
        registry.addAll(List.of(
                recording(E, "SEP5", "105").with(RecordingStatus.START_PENDING),
                recording(D, "SEP4", "104").with(RecordingStatus.START_PENDING),
                recording(C, "SEP3", "103"),
                recording(B, "SEP2", "102").with(RecordingStatus.START_PENDING),
                recording(A, "SEP1", "101")));
        registry.change(B, RecordingStatus.START_PENDING, RecordingStatus.RECORDING);
        registry.change(A, RecordingStatus.RECORDING, RecordingStatus.STOPPED);
        registry.remove(D);

        List<LiveRecording> unsettled = registry.findUnsettled();

        assertEquals(
                List.of(
                        recording(A, "SEP1", "101").with(RecordingStatus.STOPPED),
                        recording(E, "SEP5", "105").with(RecordingStatus.START_PENDING)),
                unsettled);
    }

    @Test
    void ofSimultaneousChangesExactlyOneFindsTheExpectedStatus() throws Exception {
        registry.addAll(List.of(recording(A, "SEP1", "101")));
        for (int round = 0; round < 50; round++) {
            int changed = simultaneously(
                    16,
                    () -> registry.change(A, RecordingStatus.RECORDING, RecordingStatus.PAUSED)
                            .equals(Optional.of(RecordingStatus.RECORDING)));
            assertEquals(1, changed);
            registry.change(A, RecordingStatus.PAUSED, RecordingStatus.RECORDING);
        }
    }

    @Test
    void whileOthersComeAndGoEveryFindIsConsistent() throws Exception {
        registry.addAll(List.of(recording(A, "SEP1", "101")));
        Callable<Boolean> coming = () -> {
            for (int i = 0; i < 100; i++) {
                registry.addAll(List.of(recording(B, "SEP1", "102")));
                registry.remove(B);
            }
            return true;
        };
        Callable<Boolean> looking = () -> {
            for (int i = 0; i < 100; i++) {
                List<RecordingId> found = ids(on("SEP1", null));
                assertTrue(found.equals(List.of(A)) || found.equals(List.of(A, B)), found::toString);
            }
            return true;
        };
        assertEquals(4, simultaneously(List.of(coming, looking, coming, looking)));
        assertEquals(1, registry.count());
    }

    private static int simultaneously(int calls, Callable<Boolean> call) throws Exception {
        return simultaneously(Collections.nCopies(calls, call));
    }

    /** How many of the calls returned true. */
    private static int simultaneously(List<Callable<Boolean>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            int succeeded = 0;
            for (Future<Boolean> result : threads.invokeAll(calls)) {
                succeeded += result.get() ? 1 : 0;
            }
            return succeeded;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<RecordingId> ids(LineSelector selector) {
        return registry.find(selector).stream().map(LiveRecording::id).toList();
    }

    private static LiveRecording recording(RecordingId id, String device, String number) {
        return new LiveRecording(
                id,
                DeviceName.of(device),
                DirectoryNumber.of(number),
                RecordingMode.MEDIA_FORKING,
                RecordingOrigin.MANUAL,
                STARTED_AT,
                RecordingStatus.RECORDING);
    }

    private static LiveRecording dialIn(RecordingId id, String number) {
        return new LiveRecording(
                id,
                null,
                DirectoryNumber.of(number),
                RecordingMode.DIAL_IN,
                RecordingOrigin.MANUAL,
                STARTED_AT,
                RecordingStatus.RECORDING);
    }

    private static RecordingId id(String text) {
        return new RecordingId(UUID.fromString(text));
    }
}
