package org.liverecordings.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.NoLiveRecordingException;
import org.liverecordings.recording.RecorderFailedException;
import org.liverecordings.recording.RecorderUnavailableException;
import org.liverecordings.recording.StopRejectedException;

/** The one table of which exception gets which answer. Authentication's 401 and 403, without a body, are the framework's. */
class Answers {

    private static final Logger LOG = Logger.getLogger(Answers.class);

    @ServerExceptionMapper
    Response rejected(StopRejectedException e) {
        DeviceName device = e.deviceName();
        return Response.status(400)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new StopRejectedBody(e.rejection().code(), device == null ? null : device.value()))
                .build();
    }

    @ServerExceptionMapper
    Response notLive(NoLiveRecordingException e, RoutingContext request) {
        return problem(409, "No such live recording", request);
    }

    @ServerExceptionMapper
    Response unavailable(RecorderUnavailableException e, RoutingContext request) {
        return problem(504, "The call recording service is unavailable", request);
    }

    @ServerExceptionMapper
    Response failed(RecorderFailedException e, RoutingContext request) {
        return problem(500, "The call recording service failed", request);
    }

    /** What the framework refuses by itself: 404, 405, 413 and the like. */
    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        Response refusal = e.getResponse();
        Response.ResponseBuilder answer = Response.status(refusal.getStatus());
        if (refusal.getHeaderString(HttpHeaders.ALLOW) != null) {
            answer.header(HttpHeaders.ALLOW, refusal.getHeaderString(HttpHeaders.ALLOW));
        }
        return answer.build();
    }

    /** What nobody foresaw: the stack trace goes to the log, the correlation id to the client. */
    @ServerExceptionMapper
    Response unexpected(RuntimeException e, RoutingContext request) {
        LOG.errorf(e, "unexpected failure correlationId=%s", RequestIntake.correlationId(request));
        return problem(500, "An error occurred while processing the request", request);
    }

    private static Response problem(int status, String title, RoutingContext request) {
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(new Problem("about:blank", title, status, RequestIntake.correlationId(request)))
                .build();
    }
}
