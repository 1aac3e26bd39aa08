package org.liverecordings.recorder;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.RecordingSuite;

/** A suite behind the guard. */
public final class GuardedRecordingSuite implements RecordingSuite {

    private final RecorderGuard guard;
    private final RecordingSuite suite;

    /** Neither is null. */
    public GuardedRecordingSuite(RecorderGuard guard, RecordingSuite suite) {
        this.guard = guard;
        this.suite = suite;
    }

    @Override
    public CompletionStage<RecordingId> start(LineSelector line, RecordingMode mode) {
        return guard.once(() -> suite.start(line, mode));
    }

    @Override
    public CompletionStage<Void> stop(RecordingTarget target) {
        return guard.repeatable(() -> suite.stop(target));
    }

    @Override
    public CompletionStage<Void> pause(RecordingTarget target) {
        return guard.repeatable(() -> suite.pause(target));
    }

    @Override
    public CompletionStage<Void> resume(RecordingTarget target) {
        return guard.repeatable(() -> suite.resume(target));
    }

    @Override
    public CompletionStage<List<ListedRecording>> list(ListFilter filter) {
        return guard.repeatable(() -> suite.list(filter));
    }
}
