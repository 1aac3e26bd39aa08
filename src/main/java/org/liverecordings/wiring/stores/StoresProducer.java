package org.liverecordings.wiring.stores;

import java.time.InstantSource;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import org.liverecordings.database.Database;
import org.liverecordings.database.DatabaseConfig;
import org.liverecordings.events.webhook.WebhooksConfig;
import org.liverecordings.lines.LinesConfig;
import org.liverecordings.metrics.ServiceMeters;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.hold.HeldLinesUseCase;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.recording.stop.StopHolds;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.wiring.EventsConfig;
import org.liverecordings.wiring.LiveRecordingsConfig;
import org.liverecordings.wiring.PauseConfig;
import org.liverecordings.wiring.ScheduledJobs;
import org.liverecordings.wiring.TimersConfig;

/** Where everything is kept: {@code live-recordings.registry}. */
class StoresProducer {

    @Produces
    @Singleton
    Database database(Instance<AgroalDataSource> pool, ServiceMeters meters) {
        Database database = new Database(pool.get());
        meters.database(
                () -> database.state().isUp(),
                () -> database.state().inUse(),
                () -> database.state().awaited(),
                () -> database.state().limit());
        return database;
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
            MeterRegistry meters,
            ScheduledJobs jobs) {
        boolean publishesEvents = events.enabled() || !webhooks.webhooks().isEmpty();
        return switch (config.registry()) {
            case "memory" -> new MemoryStores(config, lines, publishesEvents, jobs, meters, InstantSource.system());
            case "postgresql" -> {
                migration.runOrAwait(database::get);
                PostgresStores stores = new PostgresStores(
                        database.get(),
                        config,
                        databaseConfig.startTimeout(),
                        lines,
                        publishesEvents,
                        jobs,
                        meters,
                        InstantSource.system());
                retention.schedule(jobs, stores.trail(), stores.jobLeases());
                yield stores;
            }
            default -> throw UnknownWord.in("live-recordings.registry", config.registry(), "memory, postgresql");
        };
    }

    @Produces
    @Singleton
    LiveRecordingRepository registry(Stores stores) {
        return stores.registry();
    }

    /** Which stops put a hold on their lines. */
    @Produces
    @Singleton
    StopHolds stopHolds(Stores stores, LiveRecordingsConfig config) {
        boolean always = config.stop().hold() == LiveRecordingsConfig.Stop.Hold.ALWAYS;
        return new StopHolds(stores.holds(), always, config.stop().holdFor());
    }

    /** Which timers requests may set, and what becomes of long pauses. */
    @Produces
    @Singleton
    TimerRules timerRules(Stores stores, TimersConfig timers, PauseConfig pauses) {
        boolean resumes = pauses.longestAction() == PauseConfig.LongestAction.RESUME;
        return new TimerRules(
                stores.timers(),
                timers.longest(),
                pauses.longest().map(longest -> new TimerRules.LongestPause(longest, resumes)));
    }

    @Produces
    @Singleton
    HeldLinesUseCase heldLines(Stores stores) {
        return new HeldLinesUseCase(stores.holds(), new PermittedLines(stores.lines()), stores.requests());
    }

    @Produces
    @Singleton
    AuditLog auditLog(Stores stores) {
        return stores.auditLog();
    }
}
