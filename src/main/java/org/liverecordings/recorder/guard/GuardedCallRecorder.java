package org.liverecordings.recorder.guard;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.recorder.CallRecorder;

/** A recorder behind the guard. */
public final class GuardedCallRecorder implements CallRecorder {

    private final RecorderGuard guard;
    private final CallRecorder recorder;
    private final Deadline deadline;

    /** Neither is null. */
    public GuardedCallRecorder(RecorderGuard guard, CallRecorder recorder) {
        this(guard, recorder, Deadline.NONE);
    }

    private GuardedCallRecorder(RecorderGuard guard, CallRecorder recorder, Deadline deadline) {
        this.guard = guard;
        this.recorder = recorder;
        this.deadline = deadline;
    }

    @Override
    public CallRecorder within(Deadline until) {
        return new GuardedCallRecorder(guard, recorder, until);
    }

    @Override
    public CompletionStage<Void> start(LiveRecording recording) {
        return guard.once(deadline, () -> recorder.start(recording));
    }

    @Override
    public CompletionStage<Void> stop(RecordingId id) {
        return guard.repeatable(deadline, () -> recorder.stop(id));
    }

    @Override
    public CompletionStage<Void> stop(LiveRecording entry) {
        return guard.repeatable(deadline, () -> recorder.stop(entry));
    }

    @Override
    public CompletionStage<Void> pause(RecordingId id) {
        return guard.repeatable(deadline, () -> recorder.pause(id));
    }

    @Override
    public CompletionStage<Void> resume(RecordingId id) {
        return guard.repeatable(deadline, () -> recorder.resume(id));
    }

    @Override
    public CompletionStage<Optional<RecordingStatus>> status(RecordingId id) {
        return guard.repeatable(deadline, () -> recorder.status(id));
    }
}
