package org.liverecordings.wiring;

import java.time.InstantSource;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;
import org.liverecordings.database.Database;
import org.liverecordings.database.DatabaseConfig;
import org.liverecordings.events.webhook.WebhooksConfig;
import org.liverecordings.lines.LinesConfig;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.store.LiveRecordingRepository;

/** Where everything is kept: {@code live-recordings.registry}. */
class StoresProducer {

    @Produces
    @Singleton
    Database database(Instance<AgroalDataSource> pool) {
        return new Database(pool.get());
    }

    @Produces
    @Singleton
    Stores stores(
            LiveRecordingsConfig config,
            LinesConfig lines,
            DatabaseConfig databaseConfig,
            Instance<Database> database,
            SchemaMigration migration,
            TrailRetention retention,
            EventsConfig events,
            WebhooksConfig webhooks,
            ScheduledJobs jobs) {
        boolean told = events.enabled() || !webhooks.webhooks().isEmpty();
        return switch (config.registry()) {
            case "memory" -> new MemoryStores(config, lines, told, jobs, InstantSource.system());
            case "postgresql" -> {
                migration.runOrAwait(database::get);
                PostgresStores stores = new PostgresStores(
                        database.get(),
                        config,
                        databaseConfig.startTimeout(),
                        lines,
                        told,
                        jobs,
                        InstantSource.system());
                retention.schedule(jobs, stores.trail(), stores.jobLeases());
                yield stores;
            }
            default -> throw StartFailure.unknown("live-recordings.registry", config.registry(), "memory, postgresql");
        };
    }

    @Produces
    @Singleton
    LiveRecordingRepository registry(Stores stores) {
        return stores.registry();
    }

    @Produces
    @Singleton
    AuditLog auditLog(Stores stores) {
        return stores.auditLog();
    }
}
