package org.liverecordings.api.signin.bearer;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** Sign-in with tokens of identity providers. */
@ConfigMapping(prefix = "live-recordings.sign-in")
@RegisterForReflection
public interface SignInConfig {

    /** Whether keys may come by plain {@code http} from another machine: whoever is on the way can then sign any token. */
    @WithDefault("false")
    boolean allowHttp();

    /** The {@code quarkus.tls.<name>} to use for https; without it the default one. */
    @Bounds(min = "1", max = "200")
    Optional<String> tlsConfigurationName();

    /** How often an issuer's keys are fetched anew: a key that it has withdrawn is refused within this time. */
    @WithDefault("1m")
    @Bounds(min = "10s", max = "1d")
    Duration keysRefresh();

    /** How long known keys stay good while the issuer can't be reached; at least {@link #keysRefresh}. */
    @WithDefault("1h")
    @Bounds(min = "10s", max = "30d")
    Duration keysKeep();

    /**
     * After a token with an unknown key made us fetch at once, how long other such tokens don't; no longer than
     * {@link #keysRefresh}.
     */
    @WithDefault("30s")
    @Bounds(min = "1s", max = "1h")
    Duration keysPause();

    /** How many verified tokens are remembered, for a minute at most; 0 for none. */
    @WithDefault("10000")
    @Bounds(min = "0", max = "1000000")
    int tokenCache();
}
