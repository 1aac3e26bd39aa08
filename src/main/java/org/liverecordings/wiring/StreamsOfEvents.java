package org.liverecordings.wiring;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import org.liverecordings.api.events.EventStreams;
import org.liverecordings.api.events.EventsResource.StreamLimits;

/** The streams of this replica, which end before it does: nobody waits for them. */
class StreamsOfEvents {

    @Produces
    @Singleton
    EventStreams streams(EventsConfig config) {
        return new EventStreams(config.streams());
    }

    @Produces
    @Singleton
    StreamLimits limits(EventsConfig config) {
        return new StreamLimits(config.longestStream());
    }

    void goingDown(@Observes ShutdownDelayInitiatedEvent event, EventStreams streams) {
        streams.endAll();
    }
}
