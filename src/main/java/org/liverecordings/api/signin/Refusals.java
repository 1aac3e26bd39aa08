package org.liverecordings.api.signin;

import java.util.Map;

import io.quarkus.security.AuthenticationFailedException;

/** Why somebody wasn't let in, in a word for the log: the caller hears nothing of it, and it never quotes credentials. */
public final class Refusals {

    private static final String CAUSE = "live-recordings.cause";

    private Refusals() {}

    /** A refusal of credentials. */
    public static AuthenticationFailedException because(RefusalCause cause) {
        return new AuthenticationFailedException("sign-in refused", Map.of(CAUSE, cause));
    }

    /** What {@link #because} was given; {@link RefusalCause#UNACCEPTABLE} for what the framework refused. */
    public static RefusalCause cause(Throwable failure) {
        RefusalCause cause =
                failure instanceof AuthenticationFailedException refused ? refused.getAttribute(CAUSE) : null;
        return cause == null ? RefusalCause.UNACCEPTABLE : cause;
    }
}
