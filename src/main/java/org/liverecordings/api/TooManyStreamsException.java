package org.liverecordings.api;

/** No more clients may read the stream of this replica at a time, or none as this user. */
public class TooManyStreamsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TooManyStreamsException() {
        super("all streams are taken", null, false, false);
    }
}
