package org.liverecordings.recording.audit;

/** What was given as a reason can't be noted; nothing was done. */
public final class ReasonUnusableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without a cause: what is wrong with it is always the same. */
    public ReasonUnusableException() {
        super("The reason is not a text of up to 200 characters without control characters", null, false, false);
    }
}
