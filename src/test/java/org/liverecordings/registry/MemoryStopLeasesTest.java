package org.liverecordings.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.registry.memory.MemoryIdempotencyKeys;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.support.TestLeases;

class MemoryStopLeasesTest extends StopLeasesContract {

    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private final LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final IdempotencyKeys keys = new MemoryIdempotencyKeys(Duration.ofHours(24), 1000, () -> now);

    @Override
    LiveRecordingRepository registry() {
        return registry;
    }

    @Override
    StopLeases leases(Mode mode) {
        return TestLeases.of(mode == Mode.REGISTRY ? registry : null, keys, KEEP, () -> now);
    }

    @Override
    IdempotencyKeys keys() {
        return keys;
    }

    @Override
    AuditTrail trail() {
        return new NotedTrail();
    }

    @Override
    void pass(Duration duration) {
        now = now.plus(duration);
    }
}
