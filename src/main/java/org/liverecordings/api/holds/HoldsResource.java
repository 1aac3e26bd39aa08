package org.liverecordings.api.holds;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.api.Callers;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.recording.hold.HeldLinesUseCase;

/** The lines on which nothing may be started for now. {@code META-INF/openapi.yaml} documents it. */
@Path("/holds")
@Blocking
public class HoldsResource {

    private final HeldLinesUseCase heldLines;
    private final SecurityIdentity identity;
    private final RoutingContext request;

    HoldsResource(HeldLinesUseCase heldLines, SecurityIdentity identity, RoutingContext request) {
        this.heldLines = heldLines;
        this.identity = identity;
        this.request = request;
    }

    /** Those on lines that the caller manages. */
    @GET
    @PermissionsAllowed(CallRecordingLevel.MANAGEMENT)
    public Response list() {
        return Response.ok(HoldsBody.of(heldLines.list(Callers.of(identity, request))), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** Lifts one. */
    @DELETE
    @Path("{id}")
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public void lift(@PathParam("id") String id) {
        heldLines.lift(Callers.of(identity, request), id);
    }
}
