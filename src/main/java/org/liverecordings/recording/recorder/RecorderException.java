package org.liverecordings.recording.recorder;

/** The recorder gave no usable answer. */
public abstract class RecorderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveArrived;

    /**
     * @param mayHaveArrived whether the recorder may have done what was asked
     * @param cause null if there is none
     */
    protected RecorderException(String message, boolean mayHaveArrived, Throwable cause) {
        super(message, cause);
        this.mayHaveArrived = mayHaveArrived;
    }

    /** Whether the recorder may have done what was asked: if so, its outcome is unknown, else it certainly was not done. */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }

    /** The same failure, with an earlier try of the same call taken into account. */
    public abstract RecorderException orEarlier(boolean earlierMayHaveArrived);
}
