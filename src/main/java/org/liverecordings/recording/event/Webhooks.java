package org.liverecordings.recording.event;

import java.time.Instant;

/** Those to whom events are sent. */
public interface Webhooks {

    /**
     * Tells one of them again what happened at this time or later, as far as it is still kept, and whatever couldn't be delivered yet.
     *
     * @param from null: only what couldn't be delivered yet
     * @return false if there is none of this name
     * @throws org.liverecordings.recording.store.StoreUnavailableException if what keeps the events can't be reached
     */
    boolean replay(String name, Instant from);
}
