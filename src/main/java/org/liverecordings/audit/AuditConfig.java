package org.liverecordings.audit;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The audit trail, where it is kept in the database. */
@ConfigMapping(prefix = "live-recordings.audit")
public interface AuditConfig {

    /** How long entries are kept. Without it they are kept for ever. */
    Optional<Duration> retention();

    /** How often older ones are looked for. */
    @WithDefault("1h")
    Duration sweepInterval();
}
