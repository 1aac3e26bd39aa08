package org.liverecordings.api.signin.bearer;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Sign-in with tokens of identity providers. The settings that are lists are in {@link TokenRules}. */
@ConfigMapping(prefix = "live-recordings.sign-in")
public interface SignInConfig {

    /** Whether keys may come by plain {@code http} from another machine: whoever is on the way can then sign any token. */
    @WithDefault("false")
    boolean allowHttp();

    /** The {@code quarkus.tls.<name>} to use for https; without it the default one. */
    Optional<String> tlsConfigurationName();

    /** How often an issuer's keys are fetched anew: a key that it has withdrawn is refused within this time. 10 s to 1 d. */
    @WithDefault("1m")
    Duration keysRefresh();

    /** How long known keys stay good while the issuer can't be reached. From {@link #keysRefresh} to 30 d. */
    @WithDefault("1h")
    Duration keysKeep();

    /**
     * After a token with an unknown key made us fetch at once, how long other such tokens don't. 1 s to 1 h, and no longer than
     * {@link #keysRefresh}.
     */
    @WithDefault("30s")
    Duration keysPause();

    /** How many verified tokens are remembered, for a minute at most; 0 for none. Up to 1,000,000. */
    @WithDefault("10000")
    int tokenCache();
}
