package org.liverecordings.database;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The database, where the registry is kept in one. Where it is, {@code quarkus.datasource.*} says. */
@ConfigMapping(prefix = "live-recordings.database")
public interface DatabaseConfig {

    /**
     * When to bring the schema up to date: {@code at-start}; {@code only}, after which the process ends with 0; or {@code never},
     * because another process has done it.
     */
    @WithDefault("at-start")
    String migrate();

    /**
     * How long a start waits for a database that is away before the process ends with 1. A database that is there and refuses,
     * because of a wrong password or a missing table, ends it at once.
     */
    @WithDefault("30s")
    Duration startTimeout();
}
