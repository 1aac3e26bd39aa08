package org.liverecordings.recorder.guard;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.Deadline;
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
    private final Deadline deadline;

    /** Neither is null. */
    public GuardedRecordingSuite(RecorderGuard guard, RecordingSuite suite) {
        this(guard, suite, Deadline.NONE);
    }

    private GuardedRecordingSuite(RecorderGuard guard, RecordingSuite suite, Deadline deadline) {
        this.guard = guard;
        this.suite = suite;
        this.deadline = deadline;
    }

    @Override
    public RecordingSuite within(Deadline until) {
        return new GuardedRecordingSuite(guard, suite, until);
    }

    @Override
    public CompletionStage<RecordingId> start(LineSelector line, RecordingMode mode) {
        return guard.once(deadline, () -> suite.start(line, mode));
    }

    @Override
    public CompletionStage<Void> stop(RecordingTarget target) {
        return target instanceof RecordingTarget.OnLine
                ? guard.once(deadline, () -> suite.stop(target))
                : guard.repeatable(deadline, () -> suite.stop(target));
    }

    @Override
    public CompletionStage<Void> pause(RecordingTarget target) {
        return guard.repeatable(deadline, () -> suite.pause(target));
    }

    @Override
    public CompletionStage<Void> resume(RecordingTarget target) {
        return guard.repeatable(deadline, () -> suite.resume(target));
    }

    @Override
    public CompletionStage<List<ListedRecording>> list(ListFilter filter) {
        return guard.repeatable(deadline, () -> suite.list(filter));
    }
}
