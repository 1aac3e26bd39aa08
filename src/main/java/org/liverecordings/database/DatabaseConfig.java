package org.liverecordings.database;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** The database, where the registry is kept in one. Where it is, {@code quarkus.datasource.*} says. */
@ConfigMapping(prefix = "live-recordings.database")
@RegisterForReflection
public interface DatabaseConfig {

    /**
     * When to bring the schema up to date: {@code at-start}; {@code only}, after which the process ends with 0; or {@code never},
     * because another process has done it. In the manifests it is {@code never}.
     */
    @WithDefault("at-start")
    @Bounds(min = "1", max = "20")
    String migrate();

    /**
     * How long a start waits for a database that is away, isn't trusted or isn't migrated, before the process ends with 1. One that
     * refuses its user ends it at once.
     */
    @WithDefault("30s")
    @Bounds(min = "0s", max = "1h")
    Duration startTimeout();
}
