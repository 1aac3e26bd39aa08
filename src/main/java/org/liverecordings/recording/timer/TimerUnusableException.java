package org.liverecordings.recording.timer;

/** A timer that a request asks for can't be set; nothing was done. */
public final class TimerUnusableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message names the request's parameter, and is for the caller to read
     */
    public TimerUnusableException(String message) {
        super(message, null, false, false);
    }
}
