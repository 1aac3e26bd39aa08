package org.liverecordings.recording.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.BOB;
import static org.liverecordings.recording.Recordings.STARTED_AT;
import static org.liverecordings.recording.Recordings.dialIn;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.manager;
import static org.liverecordings.recording.store.ListedLines.free;
import static org.liverecordings.recording.store.ListedLines.in;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.ListedRecording.RemoteParty;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;

class RegistryListRecordingsTest {

    private static final RecordingId A = id(1);
    private static final RecordingId B = id(2);
    private static final RecordingId C = id(3);
    private static final RecordingId D = id(4);
    private static final Duration RUNNING = Duration.ofSeconds(90);

    private final LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final ListRecordingsUseCase listRecordings = new RegistryListRecordings(
            registry,
            new ListedLines(
                    ListedLines.of("Carol", free("SEP1", "101")),
                    ListedLines.of("Bob", free("SEP2", "101")),
                    ListedLines.of("bob", free("SEP2", "102")),
                    in("milan", free("SEP3", "103")),
                    ListedLines.of("dora", in("rome", free("SEP4", "102")))),
            () -> STARTED_AT.plus(RUNNING),
            true);

    @BeforeEach
    void record() {
        registry.addAll(List.of(
                forked(D, "SEP3", "103"),
                dialIn(C, null, "102", RecordingOrigin.MANUAL),
                forked(B, "SEP2", "101").with(RecordingStatus.PAUSED),
                forked(A, "SEP1", "101")));
    }

    @Test
    void withCompleteManagementAllAreListedInTheOrderOfTheirIds() {
        List<ListedRecording> listed = listRecordings.list(ALICE, ListFilter.ALL);
        assertEquals(
                List.of(
                        new ListedRecording(A, STARTED_AT, RUNNING, "Carol", RemoteParty.UNKNOWN, false),
                        new ListedRecording(B, STARTED_AT, RUNNING, "Bob", RemoteParty.UNKNOWN, true),
                        new ListedRecording(C, STARTED_AT, RUNNING, "bob", RemoteParty.UNKNOWN, false),
                        new ListedRecording(D, STARTED_AT, RUNNING, null, RemoteParty.UNKNOWN, false)),
                listed);
    }

    @Test
    void aRecordingOnALineThatNoInventoryKnowsHasNoUser() {
        registry.addAll(List.of(forked(id(5), "SEP9", "109"), dialIn(id(6), null, "109", RecordingOrigin.MANUAL)));
        List<ListedRecording> listed = listRecordings.list(ALICE, ListFilter.of(null, "109", null, null));
        assertEquals(
                List.of(
                        new ListedRecording(id(5), STARTED_AT, RUNNING, null, RemoteParty.UNKNOWN, false),
                        new ListedRecording(id(6), STARTED_AT, RUNNING, null, RemoteParty.UNKNOWN, false)),
                listed);
    }

    @Test
    void aDialInWithoutADeviceIsOfTheFirstAppearancesUserEvenToTheOthers() {
        registry.addAll(List.of(dialIn(id(5), null, "101", RecordingOrigin.MANUAL)));
        List<ListedRecording> listed = listRecordings.list(BOB, ListFilter.of(null, "101", null, null));
        assertEquals(
                List.of(
                        new ListedRecording(B, STARTED_AT, RUNNING, "Bob", RemoteParty.UNKNOWN, true),
                        new ListedRecording(id(5), STARTED_AT, RUNNING, "Carol", RemoteParty.UNKNOWN, false)),
                listed);
        assertEquals(List.of(A, id(5)), list(ALICE, null, null, "carol", null));
        assertEquals(List.of(B, C), list(BOB, null, null, "bob", null));
    }

    @Test
    void moreThanAPageOfThemAreListedInTheOrderOfTheirIds() {
        int count = 2 * RegistryListRecordings.PAGE + 1;
        for (int i = 5; i <= count; i++) {
            registry.addAll(List.of(forked(id(i), "SEP2", "102")));
        }
        List<ListedRecording> listed = listRecordings.list(ALICE, ListFilter.ALL);
        assertEquals(
                LongStream.rangeClosed(1, count).mapToObj(Recordings::id).toList(),
                listed.stream().map(ListedRecording::id).toList());
        assertEquals("bob", listed.get(count - 1).username());
    }

    @Test
    void aPendingStartIsListed() {
        registry.addAll(List.of(forked(id(5), "SEP1", "102").with(RecordingStatus.START_PENDING)));
        List<RecordingId> listed = list(ALICE, "SEP1", "102", null, null);
        assertEquals(List.of(id(5)), listed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    device | number | user  | numeric user | listed
                    sep2   |        |       |              | 2
                           | 101    |       |              | 1 2
                    SEP1   | 101    |       |              | 1
                    SEP1   | 102    |       |              |
                           |        | BOB   |              | 2 3
                           | 101    | bob   |              | 2
                    SEP1   |        | bob   |              |
                           |        | nobody|              |
                           |        |       | 7            |
                           | 101    | bob   | 7            |
                    """)
    void aRecordingMeetsEveryCriterionThatIsThere(
            String device, String number, String user, String numericUserId, String expected) {
        List<RecordingId> listed = list(ALICE, device, number, user, numericUserId);
        assertEquals(ids(expected), listed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    device | number | user  | listed
                           |        |       | 2 3
                           | 101    |       | 2
                    SEP1   |        |       |
                    SEP2   |        |       | 2
                           |        | carol |
                           |        | BOB   | 2 3
                           | 103    |       |
                    """)
    void withoutCompleteManagementTheOwnAreListedWhateverTheFilterSays(
            String device, String number, String user, String expected) {
        List<RecordingId> listed = list(BOB, device, number, user, null);
        assertEquals(ids(expected), listed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    groups     | device | number | user | listed
                    milan      |        |        |      | 4
                    rome       |        |        |      | 3
                    milan rome |        |        |      | 3 4
                    milan rome |        | 102    |      | 3
                    milan      | SEP3   |        |      | 4
                    milan      | SEP1   |        |      |
                    milan      |        |        | bob  |
                    rome       |        |        | bob  | 3
                    turin      |        |        |      |
                    """)
    void whoManagesGroupsSeesWhatIsOnTheirLines(
            String groups, String device, String number, String user, String expected) {
        List<RecordingId> listed = list(manager(groups.split(" ")), device, number, user, null);
        assertEquals(ids(expected), listed);
    }

    @Test
    void whoManagesGroupsSeesTheirOwnLinesAsWell() {
        Caller bob = new Caller("bob", 1, Set.of(Line.Group.of("milan")), null, "c-3", Deadline.NONE, null);
        assertEquals(List.of(B, C, D), list(bob, null, null, null, null));
        assertEquals(List.of(B, C), list(bob, null, null, "bob", null));
    }

    @ParameterizedTest
    @CsvSource({"milan,4,true", "milan,1,false", "milan,3,false", "rome,3,true", "milan,9,false"})
    void whoManagesAGroupFindsWhatIsOnItsLines(String group, long number, boolean found) {
        assertEquals(found, listRecordings.find(manager(group), id(number)).isPresent());
    }

    @Test
    void aCallerWithoutLinesSeesNothing() {
        List<RecordingId> listed = list(new Caller("dave", 9, null, "c-3"), null, null, null, null);
        assertEquals(List.of(), listed);
    }

    @Test
    void whoIsAtTheOtherEndIsListed() {
        registry.learn(A, new Call("east", "Bob", "102"));
        RemoteParty remote = listRecordings
                .list(ALICE, ListFilter.of("SEP1", null, null, null))
                .get(0)
                .remoteParty();
        assertEquals(new RemoteParty(null, "Bob", "102"), remote);
    }

    @Test
    void theTimePausedIsNoPartOfADurationWhereTheFileLeavesItOut() {
        LiveRecording recording = forked(A, "SEP1", "101")
                .with(RecordingStatus.PAUSED, STARTED_AT.plusSeconds(10))
                .with(RecordingStatus.RECORDING, STARTED_AT.plusSeconds(30))
                .with(RecordingStatus.PAUSED, STARTED_AT.plusSeconds(80));
        registry.remove(A);
        registry.addAll(List.of(recording));
        ListRecordingsUseCase cut = new RegistryListRecordings(
                registry, new ListedLines(free("SEP1", "101")), () -> STARTED_AT.plus(RUNNING), false);
        List<ListedRecording> listed = cut.list(ALICE, ListFilter.of("SEP1", null, null, null));
        assertEquals(Duration.ofSeconds(60), listed.get(0).duration());
    }

    @Test
    void anEmptyRegistryListsNothing() {
        List.of(A, B, C, D).forEach(registry::remove);
        List<ListedRecording> listed = listRecordings.list(ALICE, ListFilter.ALL);
        assertEquals(List.of(), listed);
    }

    private List<RecordingId> list(Caller caller, String device, String number, String user, String numericUserId) {
        return listRecordings.list(caller, ListFilter.of(device, number, user, numericUserId)).stream()
                .map(ListedRecording::id)
                .toList();
    }

    private static List<RecordingId> ids(String numbers) {
        return numbers == null
                ? List.of()
                : Stream.of(numbers.split(" "))
                        .map(number -> id(Long.parseLong(number)))
                        .toList();
    }
}
