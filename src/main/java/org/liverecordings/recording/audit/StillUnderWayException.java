package org.liverecordings.recording.audit;

import org.liverecordings.recording.recorder.RecorderUnavailableException;

/** Another request for the same is under way, or took it over: asking again later may help. */
public final class StillUnderWayException extends RecorderUnavailableException {

    private static final long serialVersionUID = 1L;

    /**
     * @param mayHaveArrived as {@link RecorderUnavailableException#mayHaveArrived}
     */
    public StillUnderWayException(String message, boolean mayHaveArrived) {
        super(message, mayHaveArrived, null);
    }

    @Override
    public StillUnderWayException orEarlier(boolean earlierMayHaveArrived) {
        return earlierMayHaveArrived && !mayHaveArrived() ? new StillUnderWayException(getMessage(), true) : this;
    }
}
