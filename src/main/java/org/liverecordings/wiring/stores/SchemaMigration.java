package org.liverecordings.wiring.stores;

import java.util.function.Supplier;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import io.quarkus.runtime.configuration.ConfigurationException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.jboss.logging.Logger;
import org.liverecordings.database.AwaitedDatabase;
import org.liverecordings.database.Database;
import org.liverecordings.database.DatabaseConfig;
import org.liverecordings.database.JdbcUrl;
import org.liverecordings.database.Schema;

/** Brings the database's schema up to date, when {@code live-recordings.database.migrate} says so. */
@Singleton
public class SchemaMigration {

    private static final Logger LOG = Logger.getLogger(SchemaMigration.class);

    private final DatabaseConfig config;
    private final JdbcUrl.Datasource datasource;
    private final Instance<Flyway> flyway;
    private final AwaitedDatabase atStart;

    SchemaMigration(DatabaseConfig config, JdbcUrl.Datasource datasource, Instance<Flyway> flyway) {
        this.config = config;
        this.datasource = datasource;
        this.flyway = flyway;
        this.atStart = new AwaitedDatabase(config.startTimeout());
    }

    /** Whether this process migrates and does nothing else. */
    public boolean migratesOnly() {
        return config.migrate().equals("only");
    }

    /**
     * Migrates, or waits until somebody else has.
     *
     * @param database is asked how far the schema is
     */
    public void runOrAwait(Supplier<Database> database) {
        if (datasource.url().isEmpty()) {
            throw new ConfigurationException(
                    "quarkus.datasource.jdbc.url is missing: live-recordings.registry=postgresql needs it");
        }
        switch (config.migrate()) {
            case "at-start", "only" -> run();
            case "never" -> await(database.get());
            default ->
                throw UnknownWord.in("live-recordings.database.migrate", config.migrate(), "at-start, only, never");
        }
    }

    private void await(Database database) {
        Schema schema = new Schema(database, flyway.get().getConfiguration().getTable());
        atStart.run(schema::require);
        LOG.info("the database's schema is left as it is");
    }

    private void run() {
        try {
            MigrateResult result = atStart.call(() -> flyway.get().migrate());
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
