package org.liverecordings.api;

/** A query parameter that makes no sense; the message names it. */
public class BadQueryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BadQueryException(String message) {
        super(message, null, false, false);
    }
}
