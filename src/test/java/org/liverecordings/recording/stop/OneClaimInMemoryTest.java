package org.liverecordings.recording.stop;

import java.time.InstantSource;

import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.registry.MemoryLiveRecordingRepository;
import org.liverecordings.registry.MemoryPendingStops;

class OneClaimInMemoryTest extends OneClaimContract {

    OneClaimInMemoryTest() {
        super(
                new MemoryLiveRecordingRepository(),
                new MemoryPendingStops(null, InstantSource.system()),
                UnitOfWork.oneAfterTheOther(),
                100);
    }
}
