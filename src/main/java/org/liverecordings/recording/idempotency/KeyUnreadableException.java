package org.liverecordings.recording.idempotency;

/** What was sent as a key is none. */
public final class KeyUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Nothing was done. */
    public KeyUnreadableException() {
        super("the idempotency key can't be read", null, false, false);
    }
}
