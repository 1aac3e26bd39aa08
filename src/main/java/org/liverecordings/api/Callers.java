package org.liverecordings.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.api.intake.RequestDeadline;
import org.liverecordings.api.intake.RequestIntake;
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
     * The caller of a request that may have a key.
     *
     * @param body what the request's body says; null if it has none
     * @param json writes the answer that is kept under the key
     */
    public static Caller withKey(SecurityIdentity identity, RoutingContext request, String body, ObjectMapper json) {
        String name = identity.getPrincipal().getName();
        return of(identity, request, IdempotencyHeader.read(request, name, body, new AnswersToKeep(request, json)));
    }

    private static Caller of(SecurityIdentity identity, RoutingContext request, IdempotencyKey key) {
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
