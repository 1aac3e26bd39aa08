package org.liverecordings.recording.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The events that were noted, in their order: those of one recording in the order in which they took effect. Whoever has read up to a
 * position and goes on from there misses none. Safe for use by many threads and replicas.
 *
 * <p>Every method throws {@link org.liverecordings.recording.store.StoreUnavailableException} if what keeps the events can't be reached.
 */
public interface EventLog {

    /**
     * The events after a position, in their order.
     *
     * @param limit how many at most, from 1
     */
    List<RecordingEvent.Numbered> after(long position, int limit);

    /** The position of the latest event; if there are none, one after which the next will come. */
    long latest();

    /** The position after which all events are still there. */
    long forgottenUpTo();

    /** The position after which everything comes that took effect at this time or later, as far as it is still there. */
    long before(Instant time);

    /**
     * Removes events, the oldest first.
     *
     * @return how many; fewer than a batch if these were the last
     */
    int removeOlderThan(Duration age);

    /**
     * Notes the changes that no request noted for two looks in a row: its replica died before that. Looks must be farther apart than
     * a request may take.
     */
    void noteForgotten();
}
