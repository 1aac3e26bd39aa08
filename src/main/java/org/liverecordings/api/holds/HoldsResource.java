package org.liverecordings.api.holds;

import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.api.Callers;
import org.liverecordings.api.LineQuery;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.hold.HeldLinesUseCase;
import org.liverecordings.recording.store.Holds.Hold;

/** The lines on which nothing may be started for now. {@code META-INF/openapi.yaml} documents it. */
@Path("/holds")
@Blocking
public class HoldsResource {

    private final HeldLinesUseCase heldLines;
    private final SecurityIdentity identity;
    private final RoutingContext request;
    private final ObjectMapper json;

    HoldsResource(HeldLinesUseCase heldLines, SecurityIdentity identity, RoutingContext request, ObjectMapper json) {
        this.heldLines = heldLines;
        this.identity = identity;
        this.request = request;
        this.json = json;
    }

    /** Those on lines that the caller manages; on one that the query names, if it names any. */
    @GET
    @PermissionsAllowed(CallRecordingLevel.MANAGEMENT)
    public Response list() {
        String query = request.request().query();
        Optional<LineSelector> on =
                LineSelector.of(LineQuery.first(query, "deviceName"), LineQuery.firstNumber(query, "directoryNumber"));
        List<Hold> holds = heldLines.list(Callers.of(identity, request), on);
        return Response.ok(HoldsBody.of(holds), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** Lifts one. */
    @DELETE
    @Path("{id}")
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public void lift(@PathParam("id") String id) {
        heldLines.lift(Callers.withKey(identity, request, null, json), id);
    }
}
