package org.liverecordings.recording.store;

/** What is stored, such as the registry, leases, timers, the trail and events, can't be reached: asking again a little later may help. */
public class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** As {@link RuntimeException}. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
