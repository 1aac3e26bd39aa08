package org.liverecordings.recording.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.liverecordings.recording.LineSelector;

/**
 * The holds: lines on which nothing may be started for a while, whoever asks. Safe for use by many threads and replicas.
 *
 * <p>A start writes its entry and then looks for a hold; a stop that puts a hold writes it and then looks for entries. So each of two that
 * cross sees the other, or comes after it.
 *
 * <p>Every method throws {@link StoreUnavailableException} if what keeps the holds can't be reached.
 */
public interface Holds {

    /**
     * Puts a hold on each of the lines. One that is there stays what it is, and lasts as long as the longer of the two, but always a
     * little longer than before: so {@link #end} sees that it was put again. Part of the caller's unit of work.
     *
     * @param lines lines, devices with all their lines, or numbers on all their devices
     * @param why the reason; null if none was given
     * @param user who wants it
     * @return those that weren't there before
     */
    List<Hold> put(Collection<LineSelector> lines, String why, String user, Duration duration);

    /** A hold on any of these lines, or on the device or number of one; the longest, if there are several. */
    Optional<Hold> covering(Collection<LineSelector> lines);

    /** Those that were put last, the latest first. */
    default List<Hold> latest(int limit) {
        return before(null, limit);
    }

    /**
     * Those that were put before another one, the latest first.
     *
     * @param later null for those that were put last; may be gone by now
     */
    List<Hold> before(Hold later, int limit);

    /**
     * The page after another one. One that wasn't full was the last, and nothing is looked up.
     *
     * @param page the latest first; not empty
     * @param limit how many a page has at most
     */
    default List<Hold> after(List<Hold> page, int limit) {
        return page.size() < limit ? List.of() : before(page.get(page.size() - 1), limit);
    }

    /** The hold with this id, unless its time is over. */
    Optional<Hold> find(UUID id);

    /**
     * Lifts a hold. Part of the caller's unit of work.
     *
     * @return true if it was there
     */
    boolean lift(UUID id);

    /**
     * Ends a hold before its time, unless it was lifted, or put again, since it was read. Part of the caller's unit of work.
     *
     * @return true if it ended
     */
    boolean end(Hold hold);

    /**
     * Removes those on these lines whose time is over. Part of the caller's unit of work.
     *
     * @return what they were
     */
    List<Hold> removeLapsed(Collection<LineSelector> lines);

    /**
     * Removes some of those whose time is over. Part of the caller's unit of work.
     *
     * @return what they were; fewer than the limit if there are no more
     */
    List<Hold> removeLapsed(int limit);

    /**
     * A hold.
     *
     * @param line what it is on; never null
     * @param why the reason of the stop that put it; null if none was given
     * @param user who stopped
     * @param since when it was put
     * @param until when it ends by itself
     */
    record Hold(UUID id, LineSelector line, String why, String user, Instant since, Instant until) {}
}
