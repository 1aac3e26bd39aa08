package org.liverecordings.recording.store;

/** What the lease on the target of a stop says. */
public enum LeaseState {
    /** Its holder is asking the recorder. Once the holder's time is over, this counts as {@link #UNKNOWN}. */
    ASKING,
    /** The recorder was asked and may have stopped the target, or may yet stop it, and nobody was told so. */
    UNKNOWN,
    /** Nobody is asking: a caller was told that the target is stopped. It is kept where no registry entry tells that. */
    CLAIMED
}
