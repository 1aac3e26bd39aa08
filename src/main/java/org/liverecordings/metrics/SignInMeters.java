package org.liverecordings.metrics;

import java.util.function.DoubleSupplier;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;

/** Who is let in, and what of. */
@Singleton
public final class SignInMeters {

    /** With a token. */
    public static final String BEARER = "bearer";

    /** With user and password. */
    public static final String BASIC = "basic";

    /** With something else. */
    public static final String UNKNOWN = "unknown";

    private static final String ACCEPTED = "accepted";

    private final MeterRegistry meters;
    private final MeterProvider<Counter> signIns;
    private final Counter acceptedTokens;
    private final Counter acceptedPasswords;
    private final Counter rememberedTokens;
    private final Counter otherTokens;

    /** Never null. */
    public SignInMeters(MeterRegistry meters) {
        this.meters = meters;
        this.signIns = Counter.builder("live.recordings.sign.ins")
                .description("Credentials that were sent, by whether they let in, or why they didn't")
                .withRegistry(meters);
        this.acceptedTokens = signIns.withTags("way", BEARER, "outcome", ACCEPTED);
        this.acceptedPasswords = signIns.withTags("way", BASIC, "outcome", ACCEPTED);
        MeterProvider<Counter> lookups = Counter.builder("live.recordings.token.cache.lookups")
                .description("Tokens that were sent, by whether they were verified a moment ago already")
                .withRegistry(meters);
        this.rememberedTokens = lookups.withTag("result", "hit");
        this.otherTokens = lookups.withTag("result", "miss");
    }

    /** A token let somebody in. */
    public void acceptedToken() {
        acceptedTokens.increment();
    }

    /** A password let somebody in. */
    public void acceptedPassword() {
        acceptedPasswords.increment();
    }

    /**
     * Credentials didn't let in.
     *
     * @param way {@link #BEARER}, {@link #BASIC} or {@link #UNKNOWN}
     * @param reason a word of ours, never something that the client sent
     */
    public void refused(String way, String reason) {
        signIns.withTags("way", way, "outcome", reason).increment();
    }

    /** A token was looked for among those that were verified of late. */
    public void lookedUp(boolean found) {
        (found ? rememberedTokens : otherTokens).increment();
    }

    /**
     * Shows the keys of an issuer that are fetched.
     *
     * @param issuer as the configuration names it
     * @param secondsLeft how long they are good if no fetch succeeds any more; 0 if there are none
     */
    public void keys(String issuer, DoubleSupplier secondsLeft) {
        Gauge.builder("live.recordings.issuer.keys.left", secondsLeft::getAsDouble)
                .description("For how long the keys of the issuer are good if they can't be fetched any more")
                .baseUnit("seconds")
                .tag("issuer", issuer)
                .register(meters);
    }
}
