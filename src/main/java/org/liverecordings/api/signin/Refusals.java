package org.liverecordings.api.signin;

import java.util.Map;

import io.quarkus.security.AuthenticationFailedException;

/** Why somebody wasn't let in, in a word for the log: the caller hears nothing of it, and it never quotes credentials. */
public final class Refusals {

    private static final String REASON = "live-recordings.reason";

    private Refusals() {}

    /**
     * A refusal of credentials.
     *
     * @param reason a word of ours, such as {@code expired}
     */
    public static AuthenticationFailedException because(String reason) {
        return new AuthenticationFailedException("sign-in refused", Map.of(REASON, reason));
    }

    /** The word that {@link #because} was given; {@code unacceptable} for what the framework refused. */
    public static String reason(Throwable failure) {
        String reason = failure instanceof AuthenticationFailedException refused ? refused.getAttribute(REASON) : null;
        return reason == null ? "unacceptable" : reason;
    }
}
