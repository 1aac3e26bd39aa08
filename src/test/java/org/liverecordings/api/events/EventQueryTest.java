package org.liverecordings.api.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.ALICE;

import java.util.EnumSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.BadQueryException;
import org.liverecordings.recording.event.EventType;

class EventQueryTest {

    @Test
    void typesStandWithCommasBetween() {
        EventQuery query = EventQuery.read(ALICE, "type=recording.stopped,+recording.paused");
        assertEquals(EnumSet.of(EventType.STOPPED, EventType.PAUSED), query.types());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "type", "type=", "type=+", "deviceName=SEP1"})
    void withoutATypeEveryTypeIsMeant(String rawQuery) {
        assertEquals(
                EnumSet.allOf(EventType.class), EventQuery.read(ALICE, rawQuery).types());
    }

    /** Else it would be a stream that never tells anything, or that tells less than its reader thinks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                ",,",
                "+,+",
                "%2C",
                "recording.stopped,",
                ",recording.stopped",
                "recording.stopped,,recording.paused",
                "recording.stopped,x"
            })
    void aTypeThatThereIsNotIsRefused(String types) {
        BadQueryException refusal =
                assertThrows(BadQueryException.class, () -> EventQuery.read(ALICE, "type=" + types));
        assertTrue(refusal.getMessage().startsWith("type must be one or more"), refusal.getMessage());
    }
}
