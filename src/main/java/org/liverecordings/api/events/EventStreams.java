package org.liverecordings.api.events;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import org.liverecordings.api.TooManyStreamsException;

/** All streams of this replica, which end before it does: nobody waits for them. */
@Singleton
public final class EventStreams {

    private final int limit;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean ending;

    EventStreams(StreamsConfig config) {
        this.limit = config.streams();
    }

    /**
     * Takes a place.
     *
     * @throws TooManyStreamsException if there is none
     */
    void take() {
        if (ending || taken.incrementAndGet() > limit) {
            if (!ending) {
                taken.decrementAndGet();
            }
            throw new TooManyStreamsException();
        }
    }

    void opened(EventStream stream) {
        open.add(stream);
        if (ending) {
            stream.end("shutdown");
        }
    }

    void ended(EventStream stream) {
        if (open.remove(stream)) {
            taken.decrementAndGet();
        }
    }

    /** How many there are. */
    public int size() {
        return open.size();
    }

    /** Ends all of them, so that clients go to another replica. */
    void endAll(@Observes ShutdownDelayInitiatedEvent event) {
        ending = true;
        open.forEach(stream -> stream.end("shutdown"));
    }
}
