package org.liverecordings.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.idempotency.IdempotencyKey;

/** Makes the caller of who has signed in and of the request. */
public final class Callers {

    private Callers() {}

    /** The caller of a request that knows no keys. */
    public static Caller of(SecurityIdentity identity, RoutingContext request) {
        return of(identity, request, null);
    }

    /**
     * The caller of a request.
     *
     * @param key null if the client sent none
     */
    public static Caller of(SecurityIdentity identity, RoutingContext request, IdempotencyKey key) {
        return new Caller(
                identity.getPrincipal().getName(),
                CallRecordingLevel.of(identity),
                CallRecordingLevel.managedGroups(identity),
                RequestIntake.address(request),
                RequestIntake.correlationId(request),
                RequestDeadline.of(request),
                key);
    }
}
