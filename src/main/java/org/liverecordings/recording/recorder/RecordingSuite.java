package org.liverecordings.recording.recorder;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.RejectedException;

/**
 * A recorder that keeps recordings and lines itself and applies the contract's rules to them.
 *
 * <p>Its methods return and its stages end as those of {@link CallRecorder}. Besides, they may end with
 * {@link RejectedException}.
 */
public interface RecordingSuite {

    /** The same suite for one request: nothing is sent to it after the deadline, and every stage ends by then. */
    default RecordingSuite within(Deadline deadline) {
        return this;
    }

    /**
     * Starts recording the call on the line. Must not be repeated if its outcome isn't known. May also end with
     * {@link NoConnectedCallException}, {@link AlreadySoException} or {@link RecorderIncapableException}.
     *
     * @return the id that the suite chose
     */
    CompletionStage<RecordingId> start(LineSelector line, RecordingMode mode);

    /**
     * Stops what the target names. May be repeated, unless it names a line: carried out late, a stop would concern its next recording.
     */
    CompletionStage<Void> stop(RecordingTarget target);

    /** Pauses what the target names, which is no device. May be repeated. May also end with {@link AlreadySoException}. */
    CompletionStage<Void> pause(RecordingTarget target);

    /** Resumes what the target names, which is no device. May be repeated. May also end with {@link AlreadySoException}. */
    CompletionStage<Void> resume(RecordingTarget target);

    /** Lists the live recordings that pass the filter. May also end with {@link NoUsableListException}. */
    CompletionStage<List<ListedRecording>> list(ListFilter filter);
}
