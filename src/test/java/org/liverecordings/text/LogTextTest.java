package org.liverecordings.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"alice", "+390584943232", "75a90276-e47e-4e9e-b463-e3c743d5ff3a", "a,b;c'd", "{x}", "~!"})
    void plainTextStaysAsItIs(String text) {
        assertEquals(text, LogText.quote(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|\"\"",
                "` `|\" \"",
                "Alice Doe|\"Alice Doe\"",
                "outcome=stopped|\"outcome=stopped\"",
                "a\"b|\"a\\\"b\"",
                "a\\b|\"a\\\\b\"",
                "Zoë|\"Zoë\""
            })
    void otherTextIsQuoted(String text, String quoted) {
        assertEquals(quoted, LogText.quote(text));
    }

    @ParameterizedTest
    @ValueSource(
            chars = {
                '\n', '\r', '\t', '\0', '\u001b', '\u007f', '\u0085', '\u009b', '\u2028', '\u2029', '\u200b', '\u202e',
                '\u2066', '\ufeff'
            })
    void whatBeginsALineCantBeSeenOrReordersIsReplaced(char misleading) {
        assertEquals("\"a?b\"", LogText.quote("a" + misleading + "b"));
    }

    @Test
    void twoHundredCharactersAreNotLong() {
        String text = "x".repeat(200);
        assertEquals(text, LogText.quote(text));
    }

    @Test
    void longTextIsCut() {
        assertEquals("\"" + "x".repeat(200) + "…\"", LogText.quote("x".repeat(201)));
    }

    @Test
    void quotesCountBeforeTheyAreEscaped() {
        assertEquals("\"" + "\\\"".repeat(200) + "\"", LogText.quote("\"".repeat(200)));
    }

    @Test
    void whatAFailureSaysIsQuotedToo() {
        assertEquals("\"no? answer\"", LogText.quoteMessage(new IllegalStateException("no\n answer")));
        assertEquals("null", LogText.quoteMessage(new IllegalStateException()));
    }
}
