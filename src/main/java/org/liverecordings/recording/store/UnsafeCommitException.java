package org.liverecordings.recording.store;

/**
 * The database committed, and warned that this may not outlive a failover. What was written mustn't be told, though it can be read by now;
 * a later commit without a warning makes it safe.
 */
public class UnsafeCommitException extends StoreUnavailableException {

    private static final long serialVersionUID = 1L;

    /** As {@link RuntimeException}. */
    public UnsafeCommitException(String message, Throwable cause) {
        super(message, cause);
    }
}
