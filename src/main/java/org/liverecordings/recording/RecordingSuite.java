package org.liverecordings.recording;

import java.util.concurrent.CompletionStage;

/**
 * A recorder that keeps recordings and lines itself and applies the contract's rules to them. Besides what {@link CallRecorder}
 * says, its stages may end with {@link StopRejectedException}.
 */
public interface RecordingSuite extends CallRecorder {

    /** Stops what is being recorded on the line. */
    CompletionStage<Void> stop(LineSelector selector);
}
