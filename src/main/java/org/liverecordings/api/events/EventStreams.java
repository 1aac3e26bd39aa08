package org.liverecordings.api.events;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import org.liverecordings.api.TooManyStreamsException;
import org.liverecordings.recording.Line;

/**
 * All streams of this replica, which end before it does: nobody waits for them. One user may have half of the places, so that the others
 * find one whatever that user's programs do.
 */
@Singleton
public final class EventStreams {

    private final int limit;
    private final int limitOfUser;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> takenBy = new HashMap<>();
    private int taken;
    private volatile boolean ending;

    EventStreams(StreamsConfig config) {
        this.limit = config.streams();
        this.limitOfUser = limit - limit / 2;
    }

    /**
     * Takes a place.
     *
     * @throws TooManyStreamsException if there is none for this user
     */
    synchronized void take(String user) {
        int own = takenBy.getOrDefault(Line.userKey(user), 0);
        if (ending || taken >= limit || own >= limitOfUser) {
            throw new TooManyStreamsException();
        }
        taken++;
        takenBy.put(Line.userKey(user), own + 1);
    }

    void opened(EventStream stream) {
        open.add(stream);
        if (ending) {
            stream.end("shutdown");
        }
    }

    /** Leaves the place that its user took. */
    void ended(EventStream stream, String user) {
        if (open.remove(stream)) {
            leave(user);
        }
    }

    private synchronized void leave(String user) {
        taken--;
        takenBy.computeIfPresent(Line.userKey(user), (key, own) -> own > 1 ? own - 1 : null);
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
