package org.liverecordings.recording.recorder;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.store.StoreUnavailableException;

/**
 * The system that records calls, and is told which. It is the arbiter of what is being recorded.
 *
 * <p>Every method returns at once, never null, and never throws. The stage ends normally if the recorder confirmed that it did
 * what was asked, else with
 * <ul>
 *   <li>{@link NoLiveRecordingException}: the recorder knows no such live recording;
 *   <li>{@link RecorderUnavailableException}: it can't be reached, is too slow or is unable to serve;
 *   <li>{@link RecorderFailedException}: anything else;
 *   <li>{@link StoreUnavailableException}: the registry, which some recorders keep their state in, can't be reached.
 * </ul>
 */
public interface CallRecorder {

    /** The same recorder for one request: nothing is sent to it after the deadline, and every stage ends by then. */
    default CallRecorder within(Deadline deadline) {
        return this;
    }

    /**
     * Starts a recording under the id that it has. Must not be repeated if its outcome isn't known: {@link #status} tells it.
     * May also end with {@link NoConnectedCallException} or {@link RecorderIncapableException}.
     */
    CompletionStage<Void> start(LiveRecording recording);

    /** Stops a recording, paused or not, and keeps its audio. May be repeated: stopping what is stopped changes nothing. */
    CompletionStage<Void> stop(RecordingId id);

    /** As {@link #stop(RecordingId)}, with an entry just read: a recorder that keeps its state in the registry need not read it again. */
    default CompletionStage<Void> stop(LiveRecording entry) {
        return stop(entry.id());
    }

    /**
     * Pauses a recording and notes in the registry that it is paused. May be repeated. May also end with
     * {@link AlreadySoException}.
     */
    CompletionStage<Void> pause(RecordingId id);

    /**
     * Resumes a recording and notes in the registry that it is not paused. May be repeated. May also end with
     * {@link AlreadySoException}.
     */
    CompletionStage<Void> resume(RecordingId id);

    /** Tells what the recorder knows of a recording; empty if it isn't live. */
    CompletionStage<Optional<RecordingStatus>> status(RecordingId id);
}
