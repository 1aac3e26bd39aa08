package org.liverecordings.audit;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** The audit trail, where it is kept in the database. */
@ConfigMapping(prefix = "live-recordings.audit")
@RegisterForReflection
public interface AuditConfig {

    /** How long entries are kept; at least twice the guard's deadline. Without it they are kept for ever. */
    @Bounds(min = "1m", max = "36500d")
    Optional<Duration> retention();

    /** How often older ones are removed, 1,000 at a time. */
    @WithDefault("1h")
    @Bounds(min = "100ms", max = "7d")
    Duration sweepInterval();
}
