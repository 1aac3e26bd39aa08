package org.liverecordings.recording.audit;

/** The trail is written, but to where it can't be read from here. */
public class NoAuditLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** As {@link RuntimeException}. */
    public NoAuditLogException(String message) {
        super(message, null, false, false);
    }
}
