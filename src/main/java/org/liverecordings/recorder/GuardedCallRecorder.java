package org.liverecordings.recorder;

import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.CallRecorder;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingSuite;

/** A recorder behind the guard. */
public class GuardedCallRecorder implements CallRecorder {

    private final RecorderGuard guard;
    private final CallRecorder recorder;

    private GuardedCallRecorder(RecorderGuard guard, CallRecorder recorder) {
        this.guard = guard;
        this.recorder = recorder;
    }

    /** Guards a recorder that is told what to do. */
    public static CallRecorder guard(RecorderGuard guard, CallRecorder recorder) {
        return new GuardedCallRecorder(guard, recorder);
    }

    /** Guards a recorder that applies the rules itself. */
    public static RecordingSuite guard(RecorderGuard guard, RecordingSuite suite) {
        return new Suite(guard, suite);
    }

    @Override
    public CompletionStage<Void> stop(RecordingId id) {
        return guard.repeatable(() -> recorder.stop(id));
    }

    private static final class Suite extends GuardedCallRecorder implements RecordingSuite {

        private final RecorderGuard guard;
        private final RecordingSuite suite;

        Suite(RecorderGuard guard, RecordingSuite suite) {
            super(guard, suite);
            this.guard = guard;
            this.suite = suite;
        }

        @Override
        public CompletionStage<Void> stop(LineSelector selector) {
            return guard.repeatable(() -> suite.stop(selector));
        }
    }
}
