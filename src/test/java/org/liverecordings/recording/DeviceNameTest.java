package org.liverecordings.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNameTest {

    @Test
    void devicesAreTheSameWithoutRegardToCase() {
        assertEquals(DeviceName.of("SEP123456789ABC"), DeviceName.of("sep123456789abc"));
        assertEquals(
                DeviceName.of("SEP123456789ABC").hashCode(),
                DeviceName.of("sep123456789abc").hashCode());
    }

    @Test
    void devicesWithOtherNamesAreDifferent() {
        assertNotEquals(DeviceName.of("SEP1"), DeviceName.of("SEP2"));
        assertNotEquals(DeviceName.of("SEP1"), (Object) "SEP1");
    }

    @Test
    void aNameStaysAsItWasWritten() {
        assertEquals("CsfAlice", DeviceName.of(" CsfAlice ").value());
        assertEquals("CsfAlice", DeviceName.of("CsfAlice").toString());
    }

    @Test
    void theMachinesLanguageDoesntMatter() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertEquals("bot-ink", DeviceName.of("BOT-INK").key());
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n"})
    void blankTextIsNoName(String text) {
        assertNull(DeviceName.ofNullable(text));
    }

    @Test
    void aNameCantBeBlank() {
        NullPointerException refused = assertThrows(NullPointerException.class, () -> DeviceName.of(" "));
        assertEquals("a device name can't be blank", refused.getMessage());
    }
}
