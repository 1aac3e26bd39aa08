package org.liverecordings.recording.recorder;

/** The recorder can't be reached, is too slow, or says that it is unable to serve: asking again later may help. */
public class RecorderUnavailableException extends RecorderException {

    private static final long serialVersionUID = 1L;

    private final boolean mayBeUndone;

    /** As {@link RecorderException}. */
    public RecorderUnavailableException(String message, boolean mayHaveArrived, Throwable cause) {
        this(message, mayHaveArrived, false, cause);
    }

    private RecorderUnavailableException(String message, boolean mayHaveArrived, boolean mayBeUndone, Throwable cause) {
        super(message, mayHaveArrived, cause);
        this.mayBeUndone = mayBeUndone;
    }

    /** The recorder may have done what was asked, and was then asked to undo it, which may still be on its way. */
    public static RecorderUnavailableException beingUndone(String message, Throwable cause) {
        return new RecorderUnavailableException(message, true, true, cause);
    }

    /** Whether what is found done now may be undone in a moment. */
    public boolean mayBeUndone() {
        return mayBeUndone;
    }

    @Override
    public RecorderUnavailableException orEarlier(boolean earlierMayHaveArrived) {
        return earlierMayHaveArrived && !mayHaveArrived()
                ? new RecorderUnavailableException(getMessage(), true, getCause())
                : this;
    }
}
