package org.liverecordings.wiring;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import io.quarkus.runtime.configuration.ConfigurationException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.jboss.logging.Logger;
import org.liverecordings.database.AwaitedDatabase;
import org.liverecordings.database.DatabaseConfig;

/** Brings the database's schema up to date, when {@code live-recordings.database.migrate} says so. */
@Singleton
class SchemaMigration {

    private static final Logger LOG = Logger.getLogger(SchemaMigration.class);

    private final DatabaseConfig config;
    private final Instance<Flyway> flyway;

    SchemaMigration(DatabaseConfig config, Instance<Flyway> flyway) {
        this.config = config;
        this.flyway = flyway;
    }

    /** Whether this process migrates and does nothing else. */
    boolean isAll() {
        return config.migrate().equals("only");
    }

    /** Migrates unless somebody else does. */
    void runAtStart() {
        switch (config.migrate()) {
            case "at-start", "only" -> run();
            case "never" -> LOG.info("the database's schema is left as it is");
            default ->
                throw StartFailure.unknown(
                        "live-recordings.database.migrate", config.migrate(), "at-start, only, never");
        }
    }

    private void run() {
        AwaitedDatabase database = new AwaitedDatabase(config.startTimeout());
        try {
            MigrateResult result = StartFailure.explained(
                    () -> database.call(() -> flyway.get().migrate()));
            LOG.infof(
                    "migrated database steps=%d schemaVersion=%s",
                    result.migrationsExecuted,
                    result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion);
        } catch (FlywayException e) {
            LOG.debug("can't migrate", e);
            throw new ConfigurationException("can't bring the database's schema up to date: " + e.getMessage());
        }
    }
}
