package org.liverecordings.recording;

import java.util.concurrent.CompletionStage;

/**
 * The system that records calls. It is the arbiter of what is being recorded.
 *
 * <p>Every method returns at once, never null, and never throws. The stage ends normally if the recorder confirmed that it did
 * what was asked, else with
 * <ul>
 *   <li>{@link NoLiveRecordingException}: the recorder knows no such live recording;
 *   <li>{@link RecorderUnavailableException}: it can't be reached, is too slow or is unable to serve;
 *   <li>{@link RecorderFailedException}: anything else.
 * </ul>
 */
public interface CallRecorder {

    /** Stops a recording and keeps its audio. May be repeated: stopping what is stopped changes nothing. */
    CompletionStage<Void> stop(RecordingId id);
}
