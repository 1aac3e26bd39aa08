package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.metrics.StoredFigures;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.timer.NoRoomForTimersException;
import org.liverecordings.registry.memory.MemoryEvents;
import org.liverecordings.registry.memory.MemoryIdempotencyKeys;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryStopLeases;
import org.liverecordings.registry.memory.MemoryTimers;

class MemoryTimersTest extends TimersContract {

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final MemoryLiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final IdempotencyKeys keys = new MemoryIdempotencyKeys(Duration.ofHours(1), 10, clock);
    private final MemoryEvents events = new MemoryEvents(null, "embedded", 0, clock);
    private final MemoryTimers timers = new MemoryTimers(registry, 100, clock);
    private final StopLeases ofRegistry = leases(registry);
    private final StopLeases ofSuite = leases((LiveRecordingRepository) null);

    private StopLeases leases(LiveRecordingRepository entries) {
        return new MemoryStopLeases(entries, keys, Duration.ofMinutes(5), clock, events, timers);
    }

    @Override
    Timers timers() {
        return timers;
    }

    @Override
    LiveRecordingRepository registry() {
        return registry;
    }

    @Override
    StopLeases leases(Mode mode) {
        return mode == Mode.REGISTRY ? ofRegistry : ofSuite;
    }

    @Override
    AuditTrail trail() {
        return new LogAuditTrail(clock);
    }

    @Override
    void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Test
    void moreThanFitInAreRefused() {
        MemoryTimers few = new MemoryTimers(registry, 2, clock);
        registry.addAll(List.of(forked(id(1), "SEP3", "103"), forked(id(2), "SEP4", "104")));
        few.set(List.of(id(1), id(2)), Timers.Action.STOP, SECOND, setter());
        assertThrows(NoRoomForTimersException.class, () -> few.set(List.of(a), Timers.Action.STOP, SECOND, setter()));
        assertEquals(Set.of(id(1), id(2)), few.of(List.of(id(1), id(2), a)).keySet());
    }

    @Test
    void thoseOfRecordingsThatAreOverMakeRoom() {
        MemoryTimers few = new MemoryTimers(registry, 1, clock);
        registry.addAll(List.of(forked(id(1), "SEP3", "103")));
        few.set(List.of(id(1)), Timers.Action.STOP, SECOND, setter());
        registry.remove(id(1));
        few.set(List.of(a), Timers.Action.STOP, SECOND, setter());
        assertEquals(Set.of(a), few.of(List.of(id(1), a)).keySet());
    }

    @Test
    void thoseWhoseTimeIsLongOverAreCountedAsLate() {
        timers.set(List.of(a), Timers.Action.STOP, Duration.ofSeconds(10), setter());
        timers.set(List.of(a), Timers.Action.RESUME, Duration.ofSeconds(11), setter());
        timers.set(List.of(a), Timers.Action.ALARM, SECOND, setter());

        pass(Duration.ofMillis(15_500));

        assertEquals(new StoredFigures.Timers(1, 1), timers.count());
    }

    private static Timers.Setter setter() {
        return new Timers.Setter(UUID.randomUUID(), "alice", "c-1", Duration.ZERO);
    }
}
