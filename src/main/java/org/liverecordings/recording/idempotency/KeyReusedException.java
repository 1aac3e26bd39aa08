package org.liverecordings.recording.idempotency;

/** The key was sent before with a request for something else. */
public final class KeyReusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Nothing was done. */
    public KeyReusedException() {
        super("the key belongs to another request", null, false, false);
    }
}
