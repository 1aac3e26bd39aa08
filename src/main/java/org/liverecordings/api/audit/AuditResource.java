package org.liverecordings.api.audit;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.api.Callers;
import org.liverecordings.api.LineQuery;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.audit.AuditLog.Reader;

/** Shows the audit trail, a page at a time. {@code META-INF/openapi.yaml} documents it. */
@Path("/audit")
@Blocking
public class AuditResource {

    private final AuditLog log;
    private final SecurityIdentity identity;
    private final RoutingContext request;

    AuditResource(AuditLog log, SecurityIdentity identity, RoutingContext request) {
        this.log = log;
        this.identity = identity;
        this.request = request;
    }

    /** As JSON, which is also what a client gets that doesn't mind. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(CallRecordingLevel.MANAGEMENT)
    public Response json() {
        AuditBody page = page();
        return answer(page).type(MediaType.APPLICATION_JSON_TYPE).entity(page).build();
    }

    /** As CSV, for spreadsheets; the header {@code Link} names the next page. */
    @GET
    @Produces(AuditCsv.MEDIA_TYPE + ";qs=0.5")
    @PermissionsAllowed(CallRecordingLevel.MANAGEMENT)
    public Response csv() {
        AuditBody page = page();
        return answer(page)
                .type(AuditCsv.MEDIA_TYPE + ";charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"audit.csv\"")
                .entity(AuditCsv.of(page))
                .build();
    }

    private AuditBody page() {
        return AuditBody.of(log.find(
                Reader.of(Callers.of(identity, request)),
                AuditQuery.read(request.request().query())));
    }

    private Response.ResponseBuilder answer(AuditBody page) {
        Response.ResponseBuilder answer = Response.ok().header(HttpHeaders.CACHE_CONTROL, "no-store");
        return page.next() == null
                ? answer
                : answer.header(HttpHeaders.LINK, "<" + nextPage(page.next()) + ">; rel=\"next\"");
    }

    private String nextPage(String after) {
        String query = request.request().query();
        StringBuilder next = new StringBuilder("/audit?after=").append(after);
        if (query != null) {
            for (String parameter : query.split("&")) {
                if (!parameter.isEmpty() && LineQuery.first(parameter, "after") == null) {
                    next.append('&').append(parameter);
                }
            }
        }
        return next.toString();
    }
}
