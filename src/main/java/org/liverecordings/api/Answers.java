package org.liverecordings.api;

import java.nio.charset.StandardCharsets;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.liverecordings.api.intake.RefusalLog;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RejectedException;
import org.liverecordings.recording.audit.NoAuditLogException;
import org.liverecordings.recording.audit.ReasonUnusableException;
import org.liverecordings.recording.audit.StillUnderWayException;
import org.liverecordings.recording.event.NoEventsException;
import org.liverecordings.recording.idempotency.KeyReusedException;
import org.liverecordings.recording.idempotency.KeyUnreadableException;
import org.liverecordings.recording.idempotency.RepeatedAnswerException;
import org.liverecordings.recording.idempotency.StoredAnswer;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.store.LineHeldException;
import org.liverecordings.recording.store.NoSuchHoldException;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.timer.NoRoomForTimersException;
import org.liverecordings.recording.timer.TimerUnusableException;

/** The one table of which exception gets which answer. Authentication's 401 and 403, without a body, are the framework's. */
public class Answers {

    private static final Logger LOG = Logger.getLogger(Answers.class);

    /** About the time that a database's failover takes. */
    private static final int RETRY_AFTER_SECONDS = 5;

    @ServerExceptionMapper
    Response rejected(RejectedException e) {
        return RejectedBody.answer(e.code(), e.deviceName());
    }

    @ServerExceptionMapper
    Response notPermitted(NotPermittedException e) {
        return Response.status(403).build();
    }

    @ServerExceptionMapper
    Response notLive(NoLiveRecordingException e, RoutingContext request) {
        return problem(409, "No such live recording", request).build();
    }

    @ServerExceptionMapper
    Response noCall(NoConnectedCallException e, RoutingContext request) {
        return problem(409, "No connected call on the line", request).build();
    }

    @ServerExceptionMapper
    Response held(LineHeldException e, RoutingContext request) {
        return Problem.held(e.hold(), request);
    }

    @ServerExceptionMapper
    Response noSuchHold(NoSuchHoldException e, RoutingContext request) {
        return noSuch("hold", request);
    }

    @ServerExceptionMapper
    Response alreadySo(AlreadySoException e, RoutingContext request) {
        return problem(429, "Already so: " + e.getMessage(), request).build();
    }

    /** As it was given before, to the byte. */
    @ServerExceptionMapper
    Response repeated(RepeatedAnswerException e) {
        StoredAnswer answer = e.answer();
        Response.ResponseBuilder response = Response.status(answer.status());
        return answer.body() == null
                ? response.build()
                : response.type(answer.mediaType())
                        .entity(answer.body().getBytes(StandardCharsets.UTF_8))
                        .build();
    }

    @ServerExceptionMapper
    Response keyReused(KeyReusedException e, RoutingContext request) {
        return problem(422, "The idempotency key belongs to another request", request)
                .build();
    }

    @ServerExceptionMapper
    Response keyUnreadable(KeyUnreadableException e, RoutingContext request) {
        return problem(400, "The idempotency key is not 1 to 255 visible ASCII characters", request)
                .build();
    }

    @ServerExceptionMapper({ReasonUnusableException.class, TimerUnusableException.class})
    Response unusable(RuntimeException e, RoutingContext request) {
        return problem(400, e.getMessage(), request).build();
    }

    /** 404 where no exception stands for it. */
    public static Response noSuch(String what, RoutingContext request) {
        return problem(404, "No such " + what, request).build();
    }

    /** 400 as the contract has it for an id that is no GUID. */
    public static Response noGuid() {
        return RejectedBody.answer(0, null);
    }

    @ServerExceptionMapper
    Response incapable(RecorderIncapableException e, RoutingContext request) {
        return e.forNow()
                ? later(problem(503, "The call recording service has no free channel", request))
                : problem(501, "The call recording service isn't licensed or configured for it", request)
                        .build();
    }

    @ServerExceptionMapper
    Response unavailable(RecorderUnavailableException e, RoutingContext request) {
        RefusalLog.failed(Logger.Level.WARN, "recorder unavailable", e, request);
        return problem(504, "The call recording service is unavailable", request)
                .build();
    }

    @ServerExceptionMapper
    Response underWay(StillUnderWayException e, RoutingContext request) {
        RefusalLog.failed(Logger.Level.WARN, "still under way", e, request);
        return problem(504, "Another request for the same is under way", request)
                .build();
    }

    @ServerExceptionMapper
    Response failed(RecorderFailedException e, RoutingContext request) {
        RefusalLog.failed(Logger.Level.ERROR, "recorder failed", e, request);
        return problem(500, "The call recording service failed", request).build();
    }

    /** The vendor's contract knows 504 only, "service is unavailable"; to whoever reads the trail it is what it is, 503. */
    @ServerExceptionMapper
    Response storeUnavailable(StoreUnavailableException e, RoutingContext request) {
        int status = ApiPaths.isVendors(request.normalizedPath()) ? 504 : 503;
        RefusalLog.failed(Logger.Level.ERROR, "store unavailable status=" + status, e, request);
        return later(problem(status, "The service can't reach its database", request));
    }

    /** Only requests on the vendor's paths set timers. */
    @ServerExceptionMapper
    Response noRoom(NoRoomForTimersException e, RoutingContext request) {
        return later(problem(504, "The service has no room for another timer", request));
    }

    @ServerExceptionMapper({NoAuditLogException.class, NoEventsException.class})
    Response notHere(RuntimeException e, RoutingContext request) {
        return problem(501, "Not here: " + e.getMessage(), request).build();
    }

    @ServerExceptionMapper
    Response tooManyStreams(TooManyStreamsException e, RoutingContext request) {
        return later(problem(503, "Too many clients read the stream", request));
    }

    @ServerExceptionMapper
    Response badQuery(BadQueryException e, RoutingContext request) {
        return problem(400, "Bad query: " + e.getMessage(), request).build();
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
        LOG.errorf(e, "unexpected failure correlationId=%s", RefusalLog.correlationId(request));
        return problem(500, "An error occurred while processing the request", request)
                .build();
    }

    private static Response later(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build();
    }

    private static Response.ResponseBuilder problem(int status, String title, RoutingContext request) {
        return Problem.answer(status, title, null, null, request);
    }
}
