package org.liverecordings.api.events;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.liverecordings.recording.event.EventFeed;
import org.liverecordings.recording.event.EventFeed.FeedEvent;
import org.liverecordings.recording.store.StoreUnavailableException;

/** Where one client is in the feed. To be used by one thread at a time. */
final class EventCursor {

    private static final int PAGE = 100;

    private final EventFeed feed;
    private final Long lastId;
    private final Executor worker;
    private final Runnable news;
    private final Deque<FeedEvent> page = new ArrayDeque<>();
    private long position;
    private boolean live;
    private volatile boolean fetching;
    private volatile Optional<List<FeedEvent>> fetched;
    private volatile String trouble;

    /**
     * @param lastId the last position that the client has read; null if it begins anew
     * @param worker for what waits for the database
     * @param news called when there may be more to take
     */
    EventCursor(EventFeed feed, Long lastId, Executor worker, Runnable news) {
        this.feed = feed;
        this.lastId = lastId;
        this.worker = worker;
        this.news = news;
    }

    /** The position after which the next event comes. */
    long position() {
        return position;
    }

    /** Why nothing more can be taken; null if that isn't so. */
    String trouble() {
        return trouble;
    }

    /**
     * Finds where to begin.
     *
     * @return whether the client goes on where it was; empty if that isn't known yet
     */
    Optional<Boolean> begin() {
        boolean atHand = lastId != null && feed.after(lastId, 1).isPresent();
        if (lastId != null && !atHand && fetched == null) {
            fetch(lastId);
            return Optional.empty();
        }
        boolean resumed = atHand || lastId != null && takeFetched();
        position = resumed ? lastId : feed.latest();
        return Optional.of(resumed);
    }

    /** The next event, be it for this client or not; null if there is none now. */
    FeedEvent take() {
        FeedEvent next = page.isEmpty() ? fromFeed() : page.poll();
        if (next != null) {
            position = next.position();
        }
        return next;
    }

    private FeedEvent fromFeed() {
        Optional<List<FeedEvent>> atHand = feed.after(position, 1);
        if (atHand.isPresent()) {
            live = true;
            return atHand.get().isEmpty() ? null : atHand.get().get(0);
        }
        if (!live && fetched == null) {
            fetch(position);
        } else if (live || !takeFetched()) {
            trouble = "too-slow";
        }
        // There may be none on the page: another replica has seen more than the feed has by now.
        return page.poll();
    }

    private void fetch(long after) {
        if (fetching) {
            return;
        }
        fetching = true;
        worker.execute(() -> {
            try {
                fetched = feed.older(after, PAGE);
            } catch (StoreUnavailableException e) {
                trouble = "database-away";
            } catch (RuntimeException e) {
                trouble = "failed";
            }
            fetching = false;
            news.run();
        });
    }

    /** Returns false if what was to be fetched isn't kept any more. */
    private boolean takeFetched() {
        Optional<List<FeedEvent>> came = fetched;
        fetched = null;
        came.ifPresent(page::addAll);
        return came.isPresent();
    }
}
