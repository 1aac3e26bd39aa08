package org.liverecordings.recording.recorder;

/** The recorder answered what we can't make sense of, or refused us: somebody has to look at it. */
public class RecorderFailedException extends RecorderException {

    private static final long serialVersionUID = 1L;

    /** As {@link RecorderException}. */
    public RecorderFailedException(String message, boolean mayHaveArrived, Throwable cause) {
        super(message, mayHaveArrived, cause);
    }

    @Override
    public RecorderFailedException orEarlier(boolean earlierMayHaveArrived) {
        return earlierMayHaveArrived && !mayHaveArrived()
                ? new RecorderFailedException(getMessage(), true, getCause())
                : this;
    }
}
