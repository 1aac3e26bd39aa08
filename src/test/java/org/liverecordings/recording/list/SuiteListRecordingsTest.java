package org.liverecordings.recording.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.BOB;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.listed;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.ScriptedSuite;

class SuiteListRecordingsTest {

    private static final ListedRecording CAROLS = listed(id(1), "carol");
    private static final ListedRecording BOBS = listed(id(2), "Bob");
    private static final ListedRecording NOBODYS = listed(id(3), null);

    private final ScriptedSuite suite = new ScriptedSuite(null).lists(CAROLS, BOBS, NOBODYS);
    private final ListRecordingsUseCase listRecordings = new SuiteListRecordings(suite);

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

    @Test
    void aSuiteThatCantListIsNoEmptyList() {
        RecorderUnavailableException down = new RecorderUnavailableException("down", false, null);
        suite.listsNot(down);
        RuntimeException failure =
                assertThrows(RecorderUnavailableException.class, () -> listRecordings.list(BOB, ListFilter.ALL));
        assertSame(down, failure);
    }
}
