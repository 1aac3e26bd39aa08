package org.liverecordings.api;

import java.time.temporal.ChronoUnit;

import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.api.intake.RequestIntake;
import org.liverecordings.recording.store.Holds.Hold;

/**
 * An RFC 9457 problem without internals.
 *
 * @param type always {@code about:blank}: the status says it all
 * @param title for people
 * @param status the HTTP status
 * @param correlationId is in the log line as well
 * @param why the reason of the stop that put a line on hold; null if there is no hold, or no reason
 * @param until when the hold ends, in ISO 8601; null if there is none
 */
// Jackson finds a record's components by reflection, and no resource method's signature names this type.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String type, String title, int status, String correlationId, String why, String until) {

    /** The media type of problems. */
    static final String MEDIA_TYPE = "application/problem+json";

    /** An answer with this problem; why and until when may be null. */
    static Response.ResponseBuilder answer(int status, String title, String why, String until, RoutingContext request) {
        String correlationId = RequestIntake.correlationId(request);
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", title, status, correlationId, why, until));
    }

    /** The answer to a start on a line that is on hold: why, and until when. */
    static Response held(Hold hold, RoutingContext request) {
        String until = hold.until().truncatedTo(ChronoUnit.MILLIS).toString();
        return answer(409, "The line is on hold", hold.why(), until, request).build();
    }
}
