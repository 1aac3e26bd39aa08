package org.liverecordings.recording;

import java.util.List;

/** The recorder gave no usable answer. */
public abstract class RecorderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveArrived;
    private transient List<RecordingId> stopped = List.of();

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

    /** The recordings that the same call stopped nonetheless; never null. */
    public List<RecordingId> stopped() {
        return stopped;
    }

    /** This failure, of a call that stopped those recordings nonetheless. */
    RecorderException afterStopping(List<RecordingId> others) {
        stopped = List.copyOf(others);
        return this;
    }

    /** The same failure, with an earlier try of the same call taken into account. */
    public abstract RecorderException orEarlier(boolean earlierMayHaveArrived);
}
