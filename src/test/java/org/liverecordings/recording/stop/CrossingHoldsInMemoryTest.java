package org.liverecordings.recording.stop;

import java.time.Duration;
import java.time.InstantSource;

import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryHolds;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.support.TestLeases;

class CrossingHoldsInMemoryTest extends CrossingHoldsContract {

    CrossingHoldsInMemoryTest() {
        super(inMemory(), new MemoryHolds(InstantSource.system()), 300);
    }

    private static OneClaimContract.Setup inMemory() {
        NotedTrail trail = new NotedTrail();
        LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
        return new OneClaimContract.Setup(
                registry,
                TestLeases.of(registry, trail.keys(), Duration.ofMinutes(5), InstantSource.system()),
                trail,
                trail.requests());
    }
}
