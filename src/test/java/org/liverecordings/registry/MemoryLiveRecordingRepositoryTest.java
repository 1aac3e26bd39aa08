package org.liverecordings.registry;

import org.liverecordings.recording.LiveRecordingRepository;

class MemoryLiveRecordingRepositoryTest extends LiveRecordingRepositoryContract {

    @Override
    LiveRecordingRepository emptyRegistry() {
        return new MemoryLiveRecordingRepository();
    }
}
