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

class ReportedEndsTest {

    private final ReportedEnds ends = new ReportedEnds();

    private static RecordingId id(long number) {
        return new RecordingId(new UUID(0, number));
    }

    /** What is looked at next. */
    private Set<RecordingId> next() {
        AtomicReference<Set<RecordingId>> next = new AtomicReference<>();
        ends.check(looked -> {
            next.set(looked);
            return List.of();
        });
        return next.get();
    }

    @Test
    void whatWasReportedIsLookedAtOnce() {
        ends.add(id(1));
        ends.add(id(2));
        ends.add(id(1));
        assertEquals(Set.of(id(1), id(2)), next());
        assertEquals(Set.of(), next());
    }

    @Test
    void whatIsLeftAloneIsLookedAtAgain() {
        // Given
        ends.add(id(1));
        ends.add(id(2));

        // When
        ends.check(looked -> List.of(id(2)));

        // Then
        assertEquals(Set.of(id(2)), next());
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
        assertEquals(Set.of(id(1), id(2)), next());
    }

    @Test
    void whatIsTooMuchIsNotRemembered() {
        for (int i = 0; i < ReportedEnds.LIMIT; i++) {
            assertTrue(ends.add(id(i)));
        }
        assertFalse(ends.add(id(ReportedEnds.LIMIT)));
        assertTrue(ends.add(id(7)));
        assertEquals(ReportedEnds.LIMIT, next().size());
        assertTrue(ends.add(id(ReportedEnds.LIMIT)));
    }
}
