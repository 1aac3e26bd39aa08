package org.liverecordings.recorder;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.recorder.CallRecorder;

/** A recorder behind the guard. */
public final class GuardedCallRecorder implements CallRecorder {

    private final RecorderGuard guard;
    private final CallRecorder recorder;

    /** Neither is null. */
    public GuardedCallRecorder(RecorderGuard guard, CallRecorder recorder) {
        this.guard = guard;
        this.recorder = recorder;
    }

    @Override
    public CompletionStage<Void> start(LiveRecording recording) {
        return guard.once(() -> recorder.start(recording));
    }

    @Override
    public CompletionStage<Void> stop(RecordingId id) {
        return guard.repeatable(() -> recorder.stop(id));
    }

    @Override
    public CompletionStage<Void> pause(RecordingId id) {
        return guard.repeatable(() -> recorder.pause(id));
    }

    @Override
    public CompletionStage<Void> resume(RecordingId id) {
        return guard.repeatable(() -> recorder.resume(id));
    }

    @Override
    public CompletionStage<Optional<RecordingStatus>> status(RecordingId id) {
        return guard.repeatable(() -> recorder.status(id));
    }
}
