package org.liverecordings.api.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.liverecordings.api.ApiPaths;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.api.signin.RefusalCause;
import org.liverecordings.api.signin.Refusals;
import org.liverecordings.api.signin.basic.BasicSignIn;
import org.liverecordings.metrics.SignInMeters;
import org.liverecordings.text.LogText;
import org.liverecordings.text.Words;

/** A log line for each refused request, with the user's name where one was given, but never a password or a token. */
@ApplicationScoped
public class RefusalLog {

    private static final Logger LOG = Logger.getLogger(RefusalLog.class);

    /** The request's attribute that says that its credentials have their line. */
    private static final String LOGGED = RefusalLog.class.getName() + ".logged";

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
        if (has(authorization, "Bearer ")) {
            failedSignIn(SignInMeters.BEARER, null, Refusals.cause(event.getAuthenticationFailure()), request);
        } else {
            String user = BasicSignIn.triedUser(request);
            failedSignIn(
                    SignInMeters.BASIC,
                    user,
                    user == null ? RefusalCause.MALFORMED : Refusals.cause(event.getAuthenticationFailure()),
                    request);
        }
    }

    /** Two of them is one more than anybody can have looked at. */
    void severalCredentials(RoutingContext request) {
        failedSignIn(SignInMeters.UNKNOWN, null, RefusalCause.SEVERAL_AUTHORIZATION_HEADERS, request);
    }

    /** Logs a 401 whose credentials no sign-in mechanism recognised. Does nothing if the refusal is logged already. */
    void unrecognisedCredentials(String authorization, RoutingContext request) {
        if (request.get(LOGGED) != null) {
            return;
        }
        if (has(authorization, "Basic ")) {
            failedSignIn(SignInMeters.BASIC, null, RefusalCause.SWITCHED_OFF, request);
        } else {
            failedSignIn(SignInMeters.UNKNOWN, null, RefusalCause.UNKNOWN_SCHEME, request);
        }
    }

    /** Whether credentials are of a scheme, such as {@code "Bearer "}. */
    static boolean has(String authorization, String scheme) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private void failedSignIn(String way, String user, RefusalCause why, RoutingContext request) {
        request.put(LOGGED, true);
        String cause = Words.of(why);
        meters.refused(way, cause);
        LOG.warnf(
                "sign-in failed way=%s%s cause=%s address=%s correlationId=%s",
                way,
                user == null ? "" : " user=" + LogText.quote(user),
                cause,
                RequestIntake.address(request),
                correlationId(request));
    }

    /** A line for a request that failed, unless it is one of those that have theirs from the trail, with the cause. */
    public static void failed(Logger.Level level, String what, RuntimeException e, RoutingContext request) {
        HttpMethod method = request.request().method();
        String path = request.normalizedPath();
        boolean reads = method == HttpMethod.GET || method == HttpMethod.HEAD;
        if (reads || !ApiPaths.isVendors(path)) {
            String cause = LogText.quoteMessage(e);
            LOG.logf(level, "%s cause=%s correlationId=%s", what, cause, correlationId(request));
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
                    request == null ? null : correlationId(request));
        }
    }

    /** As the trail's lines have it. */
    public static String correlationId(RoutingContext request) {
        return LogText.quote(RequestIntake.correlationId(request));
    }

    private static RoutingContext request(Object property) {
        return property instanceof RoutingContext request ? request : null;
    }
}
