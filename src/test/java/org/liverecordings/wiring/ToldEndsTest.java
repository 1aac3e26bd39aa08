package org.liverecordings.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.RecordingId;

class ToldEndsTest {

    private final ToldEnds ends = new ToldEnds();

    private static RecordingId id(long number) {
        return new RecordingId(new UUID(0, number));
    }

    @Test
    void whatWasToldIsTakenOnce() {
        ends.add(id(1));
        ends.add(id(2));
        ends.add(id(1));
        assertEquals(Set.of(id(1), id(2)), ends.take());
        assertEquals(Set.of(), ends.take());
    }

    @Test
    void whatIsTooMuchIsNotRemembered() {
        for (int i = 0; i < ToldEnds.LIMIT; i++) {
            assertTrue(ends.add(id(i)));
        }
        assertFalse(ends.add(id(ToldEnds.LIMIT)));
        assertTrue(ends.add(id(7)));
        assertEquals(ToldEnds.LIMIT, ends.take().size());
        assertTrue(ends.add(id(ToldEnds.LIMIT)));
    }
}
