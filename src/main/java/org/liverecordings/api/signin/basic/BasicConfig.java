package org.liverecordings.api.signin.basic;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** HTTP Basic beside Bearer, for the vendor's existing clients. */
@ConfigMapping(prefix = "live-recordings.basic")
@RegisterForReflection
public interface BasicConfig {

    /**
     * A file of lines {@code user:bcrypt-hash:level}, with a level such as {@code 10} or {@code 10:milan|rome}; empty lines and those that begin with {@code #} don't count. Naming one
     * switches HTTP Basic on.
     */
    @Bounds(min = "1", max = "4096")
    Optional<Path> usersFile();

    /** How often the file is looked at again: a change shows within this time. */
    @WithDefault("30s")
    @Bounds(min = "1s", max = "1h")
    Duration usersRefresh();

    /** How many passwords are checked at once, each of which takes a core; 0 for a quarter of the cores, one at least. */
    @WithDefault("0")
    @Bounds(min = "0", max = "64")
    int checks();

    /** What happens to those whose sign-ins fail. */
    Failures failures();

    /** What happens to those whose sign-ins fail. */
    @RegisterForReflection
    interface Failures {

        /** After how many in a row a user must wait. */
        @WithDefault("5")
        @Bounds(min = "1", max = "1000")
        int perName();

        /** After how many an address must wait, whomever they were for. */
        @WithDefault("20")
        @Bounds(min = "1", max = "100000")
        int perAddress();

        /** How long, at first; twice as long after each further one. */
        @WithDefault("1s")
        @Bounds(min = "100ms", max = "1h")
        Duration delay();

        /** How long at most; at least {@link #delay}. */
        @WithDefault("5m")
        @Bounds(min = "100ms", max = "1d")
        Duration longestDelay();
    }
}
