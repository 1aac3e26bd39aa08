package org.liverecordings.recording.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.BOB;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.listed;
import static org.liverecordings.recording.Recordings.manager;
import static org.liverecordings.recording.store.ListedLines.free;
import static org.liverecordings.recording.store.ListedLines.in;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.ScriptedSuite;
import org.liverecordings.recording.store.ListedLines;

class SuiteListRecordingsTest {

    private static final ListedRecording CAROLS = listed(id(1), "carol");
    private static final ListedRecording BOBS = listed(id(2), "Bob");
    private static final ListedRecording NOBODYS = listed(id(3), null);

    private final ScriptedSuite suite = new ScriptedSuite(null).lists(CAROLS, BOBS, NOBODYS);
    private final ListRecordingsUseCase listRecordings = new SuiteListRecordings(
            suite,
            new ListedLines(
                    ListedLines.of("carol", in("milan", free("SEP1", "101"))),
                    ListedLines.of("dave", in("milan", free("SEP2", "102"))),
                    ListedLines.of("dave", in("rome", free("SEP3", "103"))),
                    ListedLines.of("erin", free("SEP4", "104"))));

    @Test
    void withCompleteManagementWhatTheSuiteListsIsListed() {
        ListFilter filter = ListFilter.of("SEP1", "101", "carol", "7");
        List<ListedRecording> listed = listRecordings.list(ALICE, filter);
        assertEquals(List.of(CAROLS, BOBS, NOBODYS), listed);
        assertEquals(List.of(filter), suite.filters());
    }

    @Test
    void withoutItTheSuiteIsAskedForTheCallersOwnAndNotTrusted() {
        List<ListedRecording> listed = listRecordings.list(BOB, ListFilter.of("SEP1", "101", null, "7"));
        assertEquals(List.of(BOBS), listed);
        assertEquals(List.of(ListFilter.of("SEP1", "101", "bob", "7")), suite.filters());
    }

    @ParameterizedTest
    @CsvSource({"bob", "BOB", "' Bob '"})
    void theOwnNameIsNoOtherHoweverItIsSpelled(String username) {
        List<ListedRecording> listed = listRecordings.list(BOB, ListFilter.of(null, null, username, null));
        assertEquals(List.of(BOBS), listed);
    }

    @Test
    void forAnothersNameTheSuiteIsNotAsked() {
        List<ListedRecording> listed = listRecordings.list(BOB, ListFilter.of(null, null, "carol", null));
        assertEquals(List.of(), listed);
        assertEquals(List.of(), suite.filters());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    groups     | device | number | listed
                    milan      |        |        | carol Mia
                    rome       |        |        | Mia
                    milan rome |        |        | carol dave Mia
                    milan      | SEP2   |        | dave Mia
                    milan      |        | 103    | Mia
                    rome       |        | 103    | dave Mia
                    turin      |        |        | Mia
                    """)
    void whoManagesGroupsSeesWhoseLinesAreAllInThemAndTheirOwn(
            String groups, String device, String number, String expected) {
        ListFilter filter = ListFilter.of(device, number, null, null);
        suite.lists(
                listed(id(1), "carol"),
                listed(id(2), "dave"),
                listed(id(3), "erin"),
                listed(id(4), null),
                listed(id(5), "Mia"));
        List<ListedRecording> listed = listRecordings.list(manager(groups.split(" ")), filter);
        assertEquals(
                List.of(expected.split(" ")),
                listed.stream().map(ListedRecording::username).toList());
        assertEquals(List.of(filter), suite.filters());
    }

    @Test
    void whoManagesGroupsFindsOneOfTheirsAndNoOther() {
        suite.lists(listed(id(1), "carol"), listed(id(3), "erin"));
        assertEquals(Optional.of(listed(id(1), "carol")), listRecordings.find(manager("milan"), id(1)));
        assertEquals(Optional.empty(), listRecordings.find(manager("milan"), id(3)));
    }

    @Test
    void aSuiteThatCantListIsNoEmptyList() {
        RecorderUnavailableException down = new RecorderUnavailableException("down", false, null);
        suite.listsNot(down);
        RuntimeException failure =
                assertThrows(RecorderUnavailableException.class, () -> listRecordings.list(BOB, ListFilter.ALL));
        assertSame(down, failure);
    }
}
