package org.liverecordings.recording.recorder;

/** There is no connected call to record on the line. */
public class NoConnectedCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** No connected call. */
    public NoConnectedCallException() {
        super("no connected call", null, false, false);
    }
}
