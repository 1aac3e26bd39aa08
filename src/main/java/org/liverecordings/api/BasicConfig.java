package org.liverecordings.api;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** HTTP Basic beside Bearer, for the vendor's existing clients. */
@ConfigMapping(prefix = "live-recordings.basic")
public interface BasicConfig {

    /**
     * A file of lines {@code user:bcrypt-hash:level}; empty lines and those that begin with {@code #} don't count. Naming one
     * switches HTTP Basic on.
     */
    Optional<Path> usersFile();
}
