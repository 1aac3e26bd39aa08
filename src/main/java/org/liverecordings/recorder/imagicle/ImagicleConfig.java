package org.liverecordings.recorder.imagicle;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** The recorder {@code imagicle}: the vendor's UCX Suite. */
@ConfigMapping(prefix = "live-recordings.imagicle")
@RegisterForReflection
public interface ImagicleConfig {

    /** The suite's address without the API's path, such as {@code https://ucx.example.com}. */
    @Bounds(min = "1", max = "2000")
    Optional<String> url();

    /** The user to sign in as, who needs Call Recording level 10. */
    @Bounds(min = "1", max = "256")
    Optional<String> username();

    /** That user's password, taken as it is: nothing in it is an expression. */
    @Bounds(min = "1", max = "4096")
    Optional<String> password();

    /** A file that has the password instead; a line's end at its end doesn't count. */
    @Bounds(min = "1", max = "4096")
    Optional<String> passwordFile();

    /** How long setting up a connection may take. */
    @WithDefault("1s")
    @Bounds(min = "10ms", max = "30s")
    Duration connectTimeout();

    /** How many connections there are at most; with fewer than the guard's concurrent calls, calls wait for one in their time. */
    @WithDefault("100")
    @Bounds(min = "1", max = "10000")
    int connections();

    /** The {@code quarkus.tls.<name>} to use for https; without it the default one. */
    @Bounds(min = "1", max = "100")
    Optional<String> tlsConfigurationName();
}
