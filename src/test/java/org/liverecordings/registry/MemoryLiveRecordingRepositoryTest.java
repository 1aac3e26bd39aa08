package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liverecordings.recording.Recordings.STARTED_AT;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.LiveRecording.Pauses;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;

class MemoryLiveRecordingRepositoryTest extends LiveRecordingRepositoryContract {

    @Override
    LiveRecordingRepository emptyRegistry() {
        return new MemoryLiveRecordingRepository(InstantSource.system());
    }

    @Test
    void aPauseBeginsByTheClockThatIsGiven() {
        // Given
        Instant pausedAt = STARTED_AT.plusSeconds(10);
        LiveRecordingRepository registry = new MemoryLiveRecordingRepository(() -> pausedAt);
        registry.addAll(List.of(forked(id(1), "SEP1", "101")));

        // When
        registry.change(id(1), RecordingStatus.RECORDING, RecordingStatus.PAUSED);

        // Then
        assertEquals(
                new Pauses(Duration.ZERO, pausedAt),
                registry.find(id(1)).orElseThrow().pauses());
    }
}
