package org.liverecordings.api.signin.basic;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** HTTP Basic beside Bearer, for the vendor's existing clients. */
@ConfigMapping(prefix = "live-recordings.basic")
public interface BasicConfig {

    /**
     * A file of lines {@code user:bcrypt-hash:level}; empty lines and those that begin with {@code #} don't count. Naming one
     * switches HTTP Basic on.
     */
    Optional<Path> usersFile();

    /** How often the file is looked at again: a change shows within this time. 1 s to 1 h. */
    @WithDefault("30s")
    Duration usersRefresh();

    /** How many passwords are checked at once, each of which takes a core. 1 to 64; by default a quarter of the cores. */
    OptionalInt checks();

    /** What happens to those whose sign-ins fail. */
    Failures failures();

    /** What happens to those whose sign-ins fail. */
    interface Failures {

        /** After how many in a row a user must wait. 1 to 1,000. */
        @WithDefault("5")
        int perName();

        /** After how many an address must wait, whomever they were for. 1 to 100,000. */
        @WithDefault("20")
        int perAddress();

        /** How long, at first; twice as long after each further one. 100 ms to 1 h. */
        @WithDefault("1s")
        Duration delay();

        /** How long at most. From {@link #delay} to 1 d. */
        @WithDefault("5m")
        Duration longestDelay();
    }
}
