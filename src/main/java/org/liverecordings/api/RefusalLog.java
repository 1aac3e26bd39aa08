package org.liverecordings.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.liverecordings.log.LogText;

/** A log line for each refused request; {@link BasicSignIn} writes its own, since it alone knows the user's name. */
@ApplicationScoped
class RefusalLog {

    private static final Logger LOG = Logger.getLogger(RefusalLog.class);

    void onFailedSignIn(@Observes AuthenticationFailureEvent event) {
        RoutingContext request = request(event.getEventProperties().get(RoutingContext.class.getName()));
        String authorization = request == null ? null : request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            LOG.warnf(
                    "sign-in failed way=bearer cause=%s correlationId=%s",
                    LogText.quote(rootMessage(event.getAuthenticationFailure())), RequestIntake.correlationId(request));
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

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
