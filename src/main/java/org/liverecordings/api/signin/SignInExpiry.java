package org.liverecordings.api.signin;

import java.time.Instant;
import java.util.Optional;

import io.quarkus.security.identity.SecurityIdentity;

/** Until when a caller counts as signed in. A request is too short for that to matter; a stream isn't. */
public final class SignInExpiry {

    /** The attribute of an identity that has it, in milliseconds since 1970. */
    public static final String ATTRIBUTE = "live-recordings.expires";

    private SignInExpiry() {}

    /** Empty if the credentials name no time. */
    public static Optional<Instant> of(SecurityIdentity identity) {
        Long millis = identity.getAttribute(ATTRIBUTE);
        return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
    }
}
