package org.liverecordings.recording;

/** The caller's Call Recording level doesn't reach to other people's lines. */
public class NotPermittedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without details: the caller is told none. */
    public NotPermittedException() {
        super("not permitted", null, false, false);
    }
}
