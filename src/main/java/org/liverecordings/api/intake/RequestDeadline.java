package org.liverecordings.api.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.recording.Deadline;

/** Makes each request's deadline when it begins, before it is signed in or waits for anything. */
@ApplicationScoped
public class RequestDeadline {

    private static final String KEY = "deadline";

    /** Before all else. */
    private static final int PRIORITY = 10_000;

    private final Deadline.Limit limit;

    RequestDeadline(Deadline.Limit limit) {
        this.limit = limit;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext request) {
        // A request that is rerouted comes by once more.
        if (request.get(KEY) == null) {
            request.put(KEY, limit.begin());
        }
        request.next();
    }

    /** The request's deadline. */
    public static Deadline of(RoutingContext request) {
        return request.get(KEY);
    }
}
