package org.liverecordings.registry;

import java.time.Instant;

import org.liverecordings.recording.store.Holds;
import org.liverecordings.registry.memory.MemoryHolds;

class MemoryHoldsTest extends HoldsContract {

    private Instant now = Instant.parse("2026-06-01T12:00:00Z");

    /** Time goes on between any two looks. */
    private final MemoryHolds holds = new MemoryHolds(() -> now);

    @Override
    Holds holds() {
        now = now.plusMillis(1);
        return holds;
    }

    @Override
    void endAll() {
        now = now.plus(HOUR.multipliedBy(10));
    }
}
