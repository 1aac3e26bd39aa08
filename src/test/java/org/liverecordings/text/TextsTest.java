package org.liverecordings.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.ListFilter;

class TextsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ", "\t", "\n", "\u000B", "\f", "\r", "\u001C", "\u0085", "\u00A0", "\u00AD", "\u1680", "\u180E",
                "\u2000", "\u2003", "\u2007", "\u200A", "\u200B", "\u200E", "\u2028", "\u2029", "\u202A", "\u202C",
                "\u202F", "\u205F", "\u2060", "\u2069", "\u3000", "\uFEFF"
            })
    void whiteSpaceOfAnyKindIsStrippedWhereverAValueIsRead(String space) {
        String guid = "75a90276-e47e-4e9e-b463-e3c743d5ff3a";

        assertEquals("a" + space + "b", Texts.strip(space + space + "a" + space + "b" + space));
        assertEquals("SEP1", DeviceName.of(space + "SEP1" + space).value());
        assertEquals("+39101", DirectoryNumber.of(space + "\\+39101" + space).value());
        assertEquals(
                UUID.fromString(guid),
                RecordingId.parse(space + "{" + guid + "}" + space)
                        .orElseThrow()
                        .value());
        assertTrue(Line.isSameUser(space + "Alice" + space, "alice"));
        assertEquals(ListFilter.ALL, ListFilter.of(space, space, space, space));
    }

    @Test
    void whatIsVisibleStays() {
        assertEquals("\u0000a\u0301", Texts.strip("\u0000a\u0301"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\u00A0\u200B\uFEFF"})
    void whatShowsNothingIsBlank(String text) {
        assertTrue(Texts.isBlank(text));
        assertNull(Texts.stripToNull(text));
    }

    @Test
    void aTextIsNotBlank() {
        assertFalse(Texts.isBlank(" . "));
        assertEquals(".", Texts.stripToNull(" . "));
    }
}
