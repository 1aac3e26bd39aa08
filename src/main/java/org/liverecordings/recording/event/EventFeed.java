package org.liverecordings.recording.event;

import java.util.List;
import java.util.Optional;

import org.liverecordings.recording.Line;

/** The events as they come, for many who listen: read once for all of them. Safe for use by many threads. */
public interface EventFeed {

    /**
     * An event as its readers get it.
     *
     * @param lines the appearances of lines on which it happened, as the inventory has them
     * @param json how it is written
     */
    record FeedEvent(long position, RecordingEvent event, List<Line> lines, String json) {}

    /** The position up to which events can be had. */
    long latest();

    /**
     * The events after a position, in their order. Returns at once.
     *
     * @param limit how many at most, from 1
     * @return empty if only {@link #older} has them
     */
    Optional<List<FeedEvent>> after(long position, int limit);

    /**
     * The same, for whoever was away for long. May take as long as a request may wait for the database.
     *
     * @return empty if some of them aren't kept any more, or if nobody ever had such a position
     * @throws org.liverecordings.recording.store.StoreUnavailableException if what keeps the events can't be reached
     */
    Optional<List<FeedEvent>> older(long position, int limit);

    /**
     * Calls somebody whenever there may be more, and at least every few seconds.
     *
     * @param listener returns at once and throws nothing
     * @return to be closed when nobody listens any more
     */
    Listening listen(Runnable listener);

    /** That somebody listens. */
    interface Listening extends AutoCloseable {

        @Override
        void close();
    }
}
