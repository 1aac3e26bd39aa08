package org.liverecordings.recording.store;

/** There is no such hold, or its time is over. */
public class NoSuchHoldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Nothing was changed. */
    public NoSuchHoldException() {
        super("no such hold", null, false, false);
    }
}
