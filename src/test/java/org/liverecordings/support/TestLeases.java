package org.liverecordings.support;

import java.time.Duration;
import java.time.InstantSource;

import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryEvents;
import org.liverecordings.registry.memory.MemoryStopLeases;
import org.liverecordings.registry.memory.MemoryTimers;

/** Leases in memory, of whose stops nobody is told, and without timers. */
public final class TestLeases {

    private TestLeases() {}

    /**
     * @param registry null if the recordings are a suite's
     */
    public static MemoryStopLeases of(
            LiveRecordingRepository registry, IdempotencyKeys keys, Duration keep, InstantSource clock) {
        MemoryEvents events = new MemoryEvents(null, "", 0, clock);
        return new MemoryStopLeases(registry, keys, keep, clock, events, new MemoryTimers(registry, 0, clock));
    }
}
