package org.liverecordings.api.events;

import java.time.Instant;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.api.Answers;
import org.liverecordings.api.LineQuery;
import org.liverecordings.api.QueryTime;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.recording.event.Webhooks;

/** What can be asked of webhooks. {@code META-INF/openapi.yaml} documents it. */
@Path("/webhooks")
@Blocking
public class WebhooksResource {

    private final Webhooks webhooks;
    private final RoutingContext request;

    WebhooksResource(Webhooks webhooks, RoutingContext request) {
        this.webhooks = webhooks;
        this.request = request;
    }

    /** Delivers again what happened since then, and in any case what couldn't be delivered yet. */
    @POST
    @Path("{name}/replay")
    @PermissionsAllowed(CallRecordingLevel.COMPLETE_MANAGEMENT)
    public Response replay(@PathParam("name") String name) {
        Instant from =
                QueryTime.readPast("from", LineQuery.first(request.request().query(), "from"), Instant.now());
        return webhooks.replay(name, from) ? Response.accepted().build() : Answers.noSuch("webhook", request);
    }
}
