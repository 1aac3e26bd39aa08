package org.liverecordings.recording.stop;

import java.time.Duration;
import java.time.InstantSource;

import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.support.TestLeases;

class OneClaimInMemoryTest extends OneClaimContract {

    private static final NotedTrail TRAIL = new NotedTrail();

    OneClaimInMemoryTest() {
        super(inMemory(), 100);
    }

    private static Setup inMemory() {
        LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
        StopLeases leases = TestLeases.of(registry, TRAIL.keys(), Duration.ofMinutes(5), InstantSource.system());
        return new Setup(registry, leases, TRAIL, TRAIL.requests());
    }

    @Override
    long confirmations(RecordingId id) {
        return TRAIL.notes().stream().filter(("confirmed " + id)::equals).count();
    }
}
