package org.liverecordings.recording.stop;

import java.util.ArrayList;
import java.util.List;

import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderAnswers;

/** Makes one outcome of the stops of several recordings. */
final class StoppedRecordings {

    private final List<RecordingId> stopped = new ArrayList<>();
    private RuntimeException failure;

    /** Takes the outcome of one stop: {@link StopArbiter.Asked#settle}, or what comes before it. */
    void add(RecordingId id, Runnable stop) {
        try {
            stop.run();
            stopped.add(id);
        } catch (NoLiveRecordingException e) {
            // It ended by itself, or another caller has stopped it: nothing is left to do for it.
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Takes a failure to ask for a stop. */
    void failed(RuntimeException e) {
        failure = RecorderAnswers.worse(failure, e);
    }

    /** Those that were stopped so far. */
    List<RecordingId> stopped() {
        return List.copyOf(stopped);
    }

    /**
     * Those that were stopped; what is left over of several is not being recorded.
     *
     * @throws NoLiveRecordingException if none was
     * @throws RuntimeException the failure to tell if one of them failed
     */
    List<RecordingId> orThrow() {
        if (failure != null) {
            throw failure;
        }
        if (stopped.isEmpty()) {
            throw new NoLiveRecordingException();
        }
        return List.copyOf(stopped);
    }
}
