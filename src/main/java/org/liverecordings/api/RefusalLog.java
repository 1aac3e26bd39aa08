package org.liverecordings.api;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;
import org.liverecordings.log.LogText;

/** A log line for each refused request, with the user's name where one was given, but never a password or a token. */
@ApplicationScoped
class RefusalLog {

    /** The words are ours because the library's messages quote the token. */
    private static final Map<Integer, String> CAUSES = Map.of(
            ErrorCodes.EXPIRED, "expired",
            ErrorCodes.EXPIRATION_MISSING, "expiry-missing",
            ErrorCodes.ISSUED_AT_MISSING, "issued-at-missing",
            ErrorCodes.NOT_YET_VALID, "not-yet-valid",
            ErrorCodes.SIGNATURE_INVALID, "wrong-signature",
            ErrorCodes.SIGNATURE_MISSING, "unsigned",
            ErrorCodes.ISSUER_MISSING, "issuer-missing",
            ErrorCodes.ISSUER_INVALID, "foreign-issuer",
            ErrorCodes.AUDIENCE_MISSING, "audience-missing",
            ErrorCodes.AUDIENCE_INVALID, "foreign-audience");

    private static final String OTHER_CAUSE = "unacceptable";

    private static final Logger LOG = Logger.getLogger(RefusalLog.class);

    void onFailedSignIn(@Observes AuthenticationFailureEvent event) {
        RoutingContext request = request(event.getEventProperties().get(RoutingContext.class.getName()));
        String authorization = request == null ? null : request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return;
        }
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            failedSignIn("bearer", null, tokenCause(event.getAuthenticationFailure()), request);
        } else {
            String user = BasicSignIn.triedUser(request);
            failedSignIn("basic", user, user == null ? "malformed" : "wrong-user-or-password", request);
        }
    }

    /** Two of them is one more than anybody can have looked at. */
    static void severalCredentials(RoutingContext request) {
        failedSignIn("unknown", null, "several-authorization-headers", request);
    }

    private static void failedSignIn(String way, String user, String cause, RoutingContext request) {
        LOG.warnf(
                "sign-in failed way=%s%s cause=%s address=%s correlationId=%s",
                way,
                user == null ? "" : " user=" + LogText.quote(user),
                cause,
                RequestIntake.address(request),
                RequestIntake.correlationId(request));
    }

    private static String tokenCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvableKeyException) {
                return "no-key";
            }
            if (cause instanceof InvalidJwtException invalid) {
                return invalid.getErrorDetails().stream()
                        .map(detail -> CAUSES.getOrDefault(detail.getErrorCode(), OTHER_CAUSE))
                        .findFirst()
                        .orElse(OTHER_CAUSE);
            }
        }
        return OTHER_CAUSE;
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
