package org.liverecordings.api.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.api.Callers;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.api.signin.SignInExpiry;
import org.liverecordings.recording.event.EventFeed;
import org.liverecordings.text.Texts;

/** The live stream of events, as Server-Sent Events. {@code META-INF/openapi.yaml} documents it. */
@Path("/events")
@Blocking
public class EventsResource {

    private final EventFeed feed;
    private final EventStreams streams;
    private final StreamsConfig config;
    private final SecurityIdentity identity;
    private final RoutingContext request;

    EventsResource(
            EventFeed feed,
            EventStreams streams,
            StreamsConfig config,
            SecurityIdentity identity,
            RoutingContext request) {
        this.feed = feed;
        this.streams = streams;
        this.config = config;
        this.identity = identity;
        this.request = request;
    }

    /** The events that the caller may see and that pass the query's filters, as they come. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public Multi<OutboundSseEvent> stream(@Context Sse sse) {
        EventQuery query =
                EventQuery.read(Callers.of(identity, request), request.request().query());
        feed.latest();
        String user = query.caller().name();
        streams.take(user);
        HttpServerResponse response = request.response();
        // nginx would wait until it has a buffer full.
        response.putHeader("X-Accel-Buffering", "no");
        response.putHeader("Cache-Control", "no-store");
        AtomicReference<EventStream> self = new AtomicReference<>();
        EventStream stream = new EventStream(
                feed,
                query,
                lastId(),
                System.nanoTime() + longest().toNanos(),
                Infrastructure.getDefaultWorkerPool(),
                () -> streams.ended(self.get(), user),
                () -> request.request().connection().close());
        self.set(stream);
        streams.opened(stream);
        // Nobody subscribes for a client that has gone by now.
        request.addEndHandler(gone -> stream.cancel());
        if (response.closed()) {
            stream.cancel();
        }
        return Multi.createFrom().publisher(stream).map(message -> written(sse, message));
    }

    private static OutboundSseEvent written(Sse sse, EventStream.Message message) {
        OutboundSseEvent.Builder event = sse.newEventBuilder();
        if (message.name() == null) {
            return event.comment(message.data()).build();
        }
        if (message.id() != null) {
            event.id(message.id().toString());
        }
        return event.name(message.name()).data(String.class, message.data()).build();
    }

    /** What a client sends that isn't ours is as good as a position that isn't kept any more. */
    private Long lastId() {
        String text = Texts.stripToNull(request.request().getHeader("Last-Event-ID"));
        if (text == null) {
            return null;
        }
        return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : -1L;
    }

    private Duration longest() {
        Optional<Duration> left = SignInExpiry.of(identity).map(at -> Duration.between(Instant.now(), at));
        return left.filter(shorter -> shorter.compareTo(config.longestStream()) < 0)
                .orElse(config.longestStream());
    }
}
