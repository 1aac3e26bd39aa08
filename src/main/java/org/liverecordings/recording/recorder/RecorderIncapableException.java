package org.liverecordings.recording.recorder;

/** The recorder says that it can't record: a licence, a channel or a part of its configuration is missing. */
public class RecorderIncapableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean forNow;

    /**
     * @param forNow whether it may be able to a little later, as when all channels are taken
     */
    public RecorderIncapableException(boolean forNow) {
        super(forNow ? "no channel is free" : "not licensed or configured", null, false, false);
        this.forNow = forNow;
    }

    /** Whether asking again later may help. */
    public boolean forNow() {
        return forNow;
    }
}
