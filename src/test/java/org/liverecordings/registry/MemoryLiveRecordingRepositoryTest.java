package org.liverecordings.registry;

import org.liverecordings.recording.store.LiveRecordingRepository;

class MemoryLiveRecordingRepositoryTest extends LiveRecordingRepositoryContract {

    @Override
    LiveRecordingRepository emptyRegistry() {
        return new MemoryLiveRecordingRepository();
    }
}
