package org.liverecordings.wiring.recorders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.store.StoreUnavailableException;

class ToldEndsTest {

    private final ToldEnds ends = new ToldEnds();

    private static RecordingId id(long number) {
        return new RecordingId(new UUID(0, number));
    }

    /** What is looked at next. */
    private Set<RecordingId> told() {
        AtomicReference<Set<RecordingId>> told = new AtomicReference<>();
        ends.check(looked -> {
            told.set(looked);
            return List.of();
        });
        return told.get();
    }

    @Test
    void whatWasToldIsLookedAtOnce() {
        ends.add(id(1));
        ends.add(id(2));
        ends.add(id(1));
        assertEquals(Set.of(id(1), id(2)), told());
        assertEquals(Set.of(), told());
    }

    @Test
    void whatIsLeftAloneIsLookedAtAgain() {
        // Given
        ends.add(id(1));
        ends.add(id(2));

        // When
        ends.check(looked -> List.of(id(2)));

        // Then
        assertEquals(Set.of(id(2)), told());
    }

    @Test
    void allIsLookedAtAgainIfTheLookFails() {
        // Given
        ends.add(id(1));
        ends.add(id(2));

        // When
        assertThrows(
                StoreUnavailableException.class,
                () -> ends.check(looked -> {
                    throw new StoreUnavailableException("away", null);
                }));

        // Then
        assertEquals(Set.of(id(1), id(2)), told());
    }

    @Test
    void whatIsTooMuchIsNotRemembered() {
        for (int i = 0; i < ToldEnds.LIMIT; i++) {
            assertTrue(ends.add(id(i)));
        }
        assertFalse(ends.add(id(ToldEnds.LIMIT)));
        assertTrue(ends.add(id(7)));
        assertEquals(ToldEnds.LIMIT, told().size());
        assertTrue(ends.add(id(ToldEnds.LIMIT)));
    }
}
