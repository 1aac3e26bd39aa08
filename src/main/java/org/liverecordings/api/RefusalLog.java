package org.liverecordings.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.api.signin.Refusals;
import org.liverecordings.api.signin.Refusals.Cause;
import org.liverecordings.api.signin.basic.BasicSignIn;
import org.liverecordings.metrics.SignInMeters;
import org.liverecordings.text.LogText;
import org.liverecordings.text.Words;

/** A log line for each refused request, with the user's name where one was given, but never a password or a token. */
@ApplicationScoped
class RefusalLog {

    private static final Logger LOG = Logger.getLogger(RefusalLog.class);

    private final SignInMeters meters;

    RefusalLog(SignInMeters meters) {
        this.meters = meters;
    }

    void onFailedSignIn(@Observes AuthenticationFailureEvent event) {
        RoutingContext request = request(event.getEventProperties().get(RoutingContext.class.getName()));
        String authorization = request == null ? null : request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return;
        }
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            failedSignIn(SignInMeters.BEARER, null, Refusals.cause(event.getAuthenticationFailure()), request);
        } else {
            String user = BasicSignIn.triedUser(request);
            failedSignIn(
                    SignInMeters.BASIC,
                    user,
                    user == null ? Cause.MALFORMED : Refusals.cause(event.getAuthenticationFailure()),
                    request);
        }
    }

    /** Two of them is one more than anybody can have looked at. */
    void severalCredentials(RoutingContext request) {
        failedSignIn("unknown", null, Cause.SEVERAL_AUTHORIZATION_HEADERS, request);
    }

    private void failedSignIn(String way, String user, Cause why, RoutingContext request) {
        String cause = Words.of(why);
        meters.refused(way, cause);
        LOG.warnf(
                "sign-in failed way=%s%s cause=%s address=%s correlationId=%s",
                way,
                user == null ? "" : " user=" + LogText.quote(user),
                cause,
                RequestIntake.address(request),
                RequestIntake.correlationId(request));
    }

    /** A line for a request that failed, unless it is one of those that have theirs from the trail, with the cause. */
    static void failed(Logger.Level level, String what, RuntimeException e, RoutingContext request) {
        HttpMethod method = request.request().method();
        String path = request.normalizedPath();
        boolean reads = method == HttpMethod.GET || method == HttpMethod.HEAD;
        if (reads || !ApiPaths.isVendors(path)) {
            String cause = LogText.quote(String.valueOf(e.getMessage()));
            LOG.logf(level, "%s cause=%s correlationId=%s", what, cause, RequestIntake.correlationId(request));
        }
    }

    void onForbidden(@Observes AuthorizationFailureEvent event) {
        SecurityIdentity identity = event.getSecurityIdentity();
        RoutingContext request = request(event.getEventProperties().get(RoutingContext.class.getName()));
        if (identity != null && !identity.isAnonymous()) {
            LOG.warnf(
                    "forbidden user=%s level=%d method=%s path=%s correlationId=%s",
                    LogText.quote(identity.getPrincipal().getName()),
                    CallRecordingLevel.of(identity),
                    request == null ? null : request.request().method(),
                    request == null ? null : LogText.quote(request.request().path()),
                    request == null ? null : RequestIntake.correlationId(request));
        }
    }

    private static RoutingContext request(Object property) {
        return property instanceof RoutingContext request ? request : null;
    }
}
