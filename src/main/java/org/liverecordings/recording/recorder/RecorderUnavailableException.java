package org.liverecordings.recording.recorder;

/** The recorder can't be reached, is too slow, or says that it is unable to serve: asking again later may help. */
public class RecorderUnavailableException extends RecorderException {

    private static final long serialVersionUID = 1L;

    /** As {@link RecorderException}. */
    public RecorderUnavailableException(String message, boolean mayHaveArrived, Throwable cause) {
        super(message, mayHaveArrived, cause);
    }

    @Override
    public RecorderUnavailableException orEarlier(boolean earlierMayHaveArrived) {
        return earlierMayHaveArrived && !mayHaveArrived()
                ? new RecorderUnavailableException(getMessage(), true, getCause())
                : this;
    }
}
