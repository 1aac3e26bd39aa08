package org.liverecordings.api.events;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import org.liverecordings.recording.event.EventFeed;
import org.liverecordings.recording.event.EventFeed.FeedEvent;

/**
 * What one client reads. It has a position and no queue: what comes next is taken from the feed when the client has read what it was sent.
 * Who reads too slowly falls out of the feed's window, and is cut off: it comes back with the last id that it has read.
 */
final class EventStream implements Flow.Publisher<EventStream.Message>, Flow.Subscription {

    /** Below the 15 s after which the Ingress gives up an answer of which nothing comes. */
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** Who has read nothing of what it was sent for so long doesn't read. */
    private static final Duration LONGEST_STALL = Duration.ofSeconds(30);

    private final EventFeed feed;
    private final EventCursor cursor;
    private final Predicate<FeedEvent> filter;
    private final long until;
    private final Runnable atEnd;
    private final Runnable cut;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger turns = new AtomicInteger();
    private Flow.Subscriber<? super Message> client;
    private volatile EventFeed.Listening listening;
    private boolean begun;
    private boolean lastWord;
    private volatile boolean ended;
    private volatile String reason;
    private volatile long lastSent = System.nanoTime();
    private volatile long lastAsked = lastSent;

    /**
     * A line or more of the stream.
     *
     * @param id null if it moves nobody's position
     * @param name null if it is a comment
     */
    record Message(Long id, String name, String data) {}

    /**
     * @param lastId the last position that the client has read; null if it begins anew
     * @param until by {@link System#nanoTime}, when it ends, since the client must sign in again
     * @param worker for what waits for the database
     * @param atEnd called once, when it has ended
     * @param cut ends the connection of a client that doesn't read
     */
    EventStream(
            EventFeed feed,
            Predicate<FeedEvent> filter,
            Long lastId,
            long until,
            Executor worker,
            Runnable atEnd,
            Runnable cut) {
        this.feed = feed;
        this.filter = filter;
        this.until = until;
        this.cursor = new EventCursor(feed, lastId, worker, this::go);
        this.atEnd = atEnd;
        this.cut = cut;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message> subscriber) {
        client = subscriber;
        client.onSubscribe(this);
        listening = feed.listen(this::go);
        if (ended) {
            listening.close();
        }
        go();
    }

    @Override
    public void request(long more) {
        demand.accumulateAndGet(more, (one, other) -> one + other < 0 ? Long.MAX_VALUE : one + other);
        lastAsked = System.nanoTime();
        go();
    }

    @Override
    public void cancel() {
        close();
    }

    /** Ends it with a word why. */
    void end(String why) {
        reason = why;
        go();
    }

    /** One thread at a time; who comes meanwhile has the one that is there look once more. */
    private void go() {
        if (turns.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            while (!ended && next()) {
                // One message after the other.
            }
            seen = turns.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Sends a message, if there is one and the client wants it. */
    private boolean next() {
        long now = System.nanoTime();
        if (demand.get() == 0) {
            if (now - Math.max(lastAsked, lastSent) > LONGEST_STALL.toNanos()) {
                close();
                cut.run();
            }
            return false;
        }
        if (lastWord) {
            // The client has it.
            if (close()) {
                client.onComplete();
            }
            return false;
        }
        String why = reason != null ? reason : now - until >= 0 ? "sign-in-expired" : cursor.trouble();
        if (why != null) {
            send(new Message(null, "end", "{\"reason\":\"" + why + "\"}"));
            lastWord = true;
            return true;
        }
        if (!begun) {
            return begin();
        }
        FeedEvent next = cursor.take();
        if (next != null && filter.test(next)) {
            send(new Message(next.position(), next.event().type().word(), next.json()));
        }
        if (next != null || cursor.trouble() != null) {
            return true;
        }
        if (now - lastSent >= HEARTBEAT.toNanos()) {
            send(new Message(null, null, "still here"));
        }
        return false;
    }

    /** Sends where the client begins, once that is known. */
    private boolean begin() {
        Optional<Boolean> resumed = cursor.begin();
        begun = resumed.isPresent();
        if (begun) {
            send(new Message(cursor.position(), "ready", "{\"resumed\":" + resumed.get() + "}"));
        }
        return begun;
    }

    private void send(Message message) {
        demand.decrementAndGet();
        lastSent = System.nanoTime();
        client.onNext(message);
    }

    private synchronized boolean close() {
        if (ended) {
            return false;
        }
        ended = true;
        if (listening != null) {
            listening.close();
        }
        atEnd.run();
        return true;
    }
}
