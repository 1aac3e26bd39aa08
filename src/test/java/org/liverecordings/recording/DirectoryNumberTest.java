package org.liverecordings.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryNumberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "101|101",
                "  101\t|101",
                "+390584943232|+390584943232",
                "\\+390584943232|+390584943232",
                " \\+390584943232 |+390584943232",
                "9X#[1-4]*|9X#[1-4]*",
                "\\101|\\101",
                "1\\+2|1\\+2",
                "+|+"
            })
    void outerWhiteSpaceAndCucmsBackslashDontCount(String text, String number) {
        assertEquals(number, DirectoryNumber.of(text).value());
    }

    @Test
    void anE164NumberIsTheSameWithAndWithoutCucmsBackslash() {
        assertEquals(DirectoryNumber.of("+39101"), DirectoryNumber.of("\\+39101"));
    }

    @Test
    void numbersThatDifferInAPlusSignAreDifferent() {
        assertNotEquals(DirectoryNumber.of("+39101"), DirectoryNumber.of("39101"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n"})
    void blankTextIsNoNumber(String text) {
        assertNull(DirectoryNumber.ofNullable(text));
    }

    @Test
    void aNumberCantBeBlank() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> DirectoryNumber.of(" "));
        assertEquals("a directory number can't be blank", refused.getMessage());
    }

    @Test
    void itIsWrittenAsItsDigits() {
        assertEquals("+39101", DirectoryNumber.ofNullable("\\+39101").toString());
    }
}
