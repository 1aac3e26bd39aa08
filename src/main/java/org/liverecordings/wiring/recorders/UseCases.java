package org.liverecordings.wiring.recorders;

import org.liverecordings.recording.list.ListRecordingsUseCase;
import org.liverecordings.recording.pause.PauseRecordingUseCase;
import org.liverecordings.recording.start.StartRecordingUseCase;
import org.liverecordings.recording.stop.StopRecordingUseCase;

/** The use cases over one recorder: all of them work on the registry, or all on a suite that holds the truth itself. */
public record UseCases(
        StartRecordingUseCase start,
        StopRecordingUseCase stop,
        PauseRecordingUseCase pause,
        ListRecordingsUseCase list) {}
