package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.event.RecordingEvent.Numbered;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.registry.memory.MemoryEvents;
import org.liverecordings.registry.memory.MemoryIdempotencyKeys;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryStopLeases;
import org.liverecordings.registry.memory.MemoryTimers;

class MemoryEventsTest extends EventsContract {

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final MemoryLiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final IdempotencyKeys keys = new MemoryIdempotencyKeys(Duration.ofHours(1), 10, clock);
    private final MemoryEvents ofRegistry = new MemoryEvents(registry, "embedded", 100, clock);
    private final MemoryEvents ofSuite = new MemoryEvents(null, "imagicle", 100, clock);
    private final StopLeases leases = new MemoryStopLeases(
            registry, keys, Duration.ofMinutes(5), clock, ofRegistry, new MemoryTimers(registry, 10, clock));
    private final StopLeases suiteLeases =
            new MemoryStopLeases(null, keys, Duration.ofMinutes(5), clock, ofSuite, new MemoryTimers(null, 10, clock));

    @Override
    LiveRecordingRepository registry() {
        return registry;
    }

    @Override
    StopLeases leases(boolean entriesDecide) {
        return entriesDecide ? leases : suiteLeases;
    }

    @Override
    Events events(boolean entriesDecide) {
        return entriesDecide ? ofRegistry : ofSuite;
    }

    @Override
    EventLog log(boolean entriesDecide) {
        return entriesDecide ? ofRegistry : ofSuite;
    }

    @Override
    AuditTrail trail() {
        return new LogAuditTrail(clock);
    }

    @Override
    void passAnHour() {
        now = now.plus(Duration.ofHours(1)).plusSeconds(1);
    }

    // What only this one does

    @Test
    void theOldestGoWhenThereIsNoMoreRoom() {
        MemoryEvents events = new MemoryEvents(null, "imagicle", 2, clock);
        long before = events.latest();
        for (int i = 0; i < 3; i++) {
            events.changed(List.of(new RecordingId(UUID.randomUUID())), START);
        }
        assertEquals(
                List.of(before + 2, before + 3),
                events.after(0, 10).stream().map(Numbered::position).toList());
        assertEquals(before + 1, events.forgottenUpTo());
    }

    /** Else a client that comes back with a position of the process before would miss events, and not be told. */
    @Test
    void aNewProcessGoesOnBeyondThePositionsOfTheOneBefore() {
        ofSuite.changed(List.of(a), START);
        now = now.plusMillis(1);
        MemoryEvents next = new MemoryEvents(null, "imagicle", 2, clock);
        assertEquals(true, next.forgottenUpTo() > ofSuite.latest());
    }
}
