package org.liverecordings.api;

import java.nio.file.Path;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import org.liverecordings.settings.Bounds;

/** HTTP Basic beside Bearer, for the vendor's existing clients. */
@ConfigMapping(prefix = "live-recordings.basic")
@RegisterForReflection
public interface BasicConfig {

    /**
     * A file of lines {@code user:bcrypt-hash:level}; empty lines and those that begin with {@code #} don't count. Naming one
     * switches HTTP Basic on.
     */
    @Bounds(min = "1", max = "4096")
    Optional<Path> usersFile();
}
