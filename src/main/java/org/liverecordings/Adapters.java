package org.liverecordings;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.jboss.logging.Logger;
import org.liverecordings.audit.AuditConfig;
import org.liverecordings.audit.PostgresAuditTrail;
import org.liverecordings.csv.BadCsvException;
import org.liverecordings.database.AwaitedDatabase;
import org.liverecordings.database.Database;
import org.liverecordings.database.DatabaseConfig;
import org.liverecordings.database.JdbcUrl;
import org.liverecordings.database.Schema;
import org.liverecordings.lines.CsvLineCapabilities;
import org.liverecordings.lines.LinesConfig;
import org.liverecordings.lines.PostgresLineCapabilities;
import org.liverecordings.lines.PostgresLinesImport;
import org.liverecordings.lines.ReloadingLineCapabilities;
import org.liverecordings.recorder.EmbeddedCallRecorder;
import org.liverecordings.recorder.EmbeddedConfig;
import org.liverecordings.recorder.GuardConfig;
import org.liverecordings.recorder.GuardedCallRecorder;
import org.liverecordings.recorder.GuardedRecordingSuite;
import org.liverecordings.recorder.ImagicleConfig;
import org.liverecordings.recorder.ImagicleRecordingSuite;
import org.liverecordings.recorder.RecorderGuard;
import org.liverecordings.recording.AuditLog;
import org.liverecordings.recording.AuditTrail;
import org.liverecordings.recording.CallRecorder;
import org.liverecordings.recording.DecidingListRecordings;
import org.liverecordings.recording.DecidingPauseRecording;
import org.liverecordings.recording.DecidingStartRecording;
import org.liverecordings.recording.DecidingStopRecording;
import org.liverecordings.recording.ForwardingListRecordings;
import org.liverecordings.recording.ForwardingPauseRecording;
import org.liverecordings.recording.ForwardingStartRecording;
import org.liverecordings.recording.ForwardingStopRecording;
import org.liverecordings.recording.LineCapabilities;
import org.liverecordings.recording.ListRecordingsUseCase;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecordingRepository;
import org.liverecordings.recording.PauseRecordingUseCase;
import org.liverecordings.recording.PendingStops;
import org.liverecordings.recording.Reconciler;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingSuite;
import org.liverecordings.recording.StartRecordingUseCase;
import org.liverecordings.recording.StopRecordingUseCase;
import org.liverecordings.recording.UnitOfWork;
import org.liverecordings.registry.PostgresPendingStops;

/** Chooses, by configuration, which adapter serves which port: the one place that knows them all. */
@ApplicationScoped
class Adapters {

    private static final Logger LOG = Logger.getLogger(Adapters.class);

    /** An attempt's outcome is settled a little after the guard's deadline, which bounds what comes before it. */
    private static final Duration SETTLING = Duration.ofMillis(500);

    private static final InstantSource CLOCK = InstantSource.system();

    /** How much later than it should an asker on another replica may end its attempt before it counts as dead. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** How many entries the recorder is asked for at once: few beside what the guard lets through, so that stops come first. */
    private static final int RECONCILED_AT_ONCE = 20;

    /** Longer than a request usually takes: the entry of one that is under way must still be there at its end. */
    private static final Duration SHORTEST_RETENTION = Duration.ofMinutes(1);

    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    /** Well before what is late to be ended counts as ended unknown. */
    private static final Duration CATCH_UP_INTERVAL = Duration.ofSeconds(1);

    private final LiveRecordingsConfig config;
    private final GuardConfig guardConfig;
    private final DatabaseConfig databaseConfig;
    private final JdbcUrl.Datasource datasource;
    private final AwaitedDatabase atStart;
    private final Chores chores = new Chores();

    Adapters(
            LiveRecordingsConfig config,
            GuardConfig guardConfig,
            DatabaseConfig databaseConfig,
            JdbcUrl.Datasource datasource) {
        this.config = config;
        this.guardConfig = guardConfig;
        this.databaseConfig = databaseConfig;
        this.datasource = datasource;
        this.atStart = new AwaitedDatabase(databaseConfig.startTimeout());
    }

    /** Everything is made at the start, so that a setting that makes no sense stops it. */
    void start(
            @Observes StartupEvent event,
            Instance<UseCases> useCases,
            Instance<LiveRecordingRepository> registry,
            Instance<Flyway> flyway) {
        if (usesDatabase() && databaseConfig.migrate().equals("only")) {
            requireUrl();
            migrate(flyway.get());
            Quarkus.asyncExit(0);
            return;
        }
        // A client proxy would do nothing by itself.
        useCases.get().scheduled().accept(chores);
        long liveRecordings = configured(() -> atStart.call(() -> registry.get().count()));
        LOG.infof(
                "started recorder=%s registry=%s liveRecordings=%d",
                config.recorder(), config.registry(), liveRecordings);
    }

    void end(@Observes ShutdownEvent event) {
        chores.end();
    }

    private boolean usesDatabase() {
        return config.registry().equals("postgresql");
    }

    private void requireUrl() {
        if (datasource.url().isEmpty()) {
            throw new ConfigurationException(
                    "quarkus.datasource.jdbc.url is missing: live-recordings.registry=postgresql needs it");
        }
    }

    @Produces
    @Singleton
    Database database(Instance<AgroalDataSource> pool) {
        requireUrl();
        return new Database(pool.get());
    }

    @Produces
    @Singleton
    Stores stores(Instance<Database> database, Instance<Flyway> flyway) {
        return switch (config.registry()) {
            case "memory" -> {
                if (databaseConfig.migrate().equals("only")) {
                    throw new ConfigurationException(
                            "live-recordings.database.migrate=only needs live-recordings.registry=postgresql",
                            Set.of("live-recordings.database.migrate"));
                }
                yield Stores.inMemory(CLOCK);
            }
            case "postgresql" -> {
                requireUrl();
                switch (databaseConfig.migrate()) {
                    case "at-start" -> migrate(flyway.get());
                    case "never" -> awaitMigration(database.get(), flyway.get());
                    default ->
                        throw unknown(
                                "live-recordings.database.migrate", databaseConfig.migrate(), "at-start, only, never");
                }
                yield Stores.inPostgres(
                        database.get(), patience().plus(MARGIN), replica(), replica() + ' ' + UUID.randomUUID(), CLOCK);
            }
            default -> throw unknown("live-recordings.registry", config.registry(), "memory, postgresql");
        };
    }

    private void migrate(Flyway flyway) {
        try {
            MigrateResult result = configured(() -> atStart.call(flyway::migrate));
            LOG.infof(
                    "migrated database steps=%d schemaVersion=%s",
                    result.migrationsExecuted,
                    result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion);
        } catch (FlywayException e) {
            LOG.debug("can't migrate", e);
            throw new ConfigurationException("can't bring the database's schema up to date: " + e.getMessage());
        }
    }

    private void awaitMigration(Database database, Flyway flyway) {
        Schema schema = new Schema(database, flyway.getConfiguration().getTable());
        configured(() -> {
            atStart.run(schema::require);
            return null;
        });
        LOG.info("the database's schema is left as it is");
    }

    private String replica() {
        return config.replica().orElseGet(() -> "pid-" + ProcessHandle.current().pid());
    }

    @Produces
    @Singleton
    RecorderGuard guard() {
        return configured(() -> new RecorderGuard(guardConfig));
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

    @Produces
    @Singleton
    UseCases useCases(
            Stores stores,
            LinesConfig linesConfig,
            ReconcilerConfig reconciler,
            AuditConfig audit,
            RecorderGuard guard,
            EmbeddedConfig embedded,
            ImagicleConfig imagicle,
            Vertx vertx,
            TlsConfigurationRegistry tls) {
        return configured(() -> {
            checkRetention(audit);
            List<Consumer<Chores>> scheduled = new ArrayList<>();
            LineCapabilities lines = lines(stores, linesConfig, scheduled);
            if (stores.database() != null) {
                scheduled.add(chores -> sweepTrail(stores, audit, chores));
            }
            return switch (config.recorder()) {
                case "embedded" -> {
                    CallRecorder recorder = new EmbeddedCallRecorder(stores.registry(), embedded);
                    loadRecordings(embedded, stores);
                    yield deciding(
                            stores, lines, new GuardedCallRecorder(guard, recorder), true, reconciler, scheduled);
                }
                case "imagicle" -> {
                    RecordingSuite suite =
                            new ImagicleRecordingSuite(vertx, tls, imagicle, guardConfig.attemptTimeout());
                    yield forwarding(stores, new GuardedRecordingSuite(guard, suite), lines, scheduled);
                }
                default -> throw unknown("live-recordings.recorder", config.recorder(), "embedded, imagicle");
            };
        });
    }

    private UseCases deciding(
            Stores stores,
            LineCapabilities lines,
            CallRecorder recorder,
            boolean registryIsItsTruth,
            ReconcilerConfig reconcilerConfig,
            List<Consumer<Chores>> scheduled) {
        LiveRecordingRepository registry = stores.registry();
        UnitOfWork unitOfWork = stores.unitOfWork();
        AuditTrail trail = stores.trail();
        PendingStops pending = pendingStops(stores, null, scheduled);
        Reconciler reconciler = new Reconciler(
                registry,
                pending,
                recorder,
                unitOfWork,
                stores.duties(),
                new Reconciler.Settings(
                        registryIsItsTruth,
                        patience().plus(DecidingStopRecording.START_MARGIN),
                        config.stopPending().keep(),
                        Reconciler.Settings.lease(reconcilerConfig.interval(), patience()),
                        RECONCILED_AT_ONCE),
                CLOCK);
        scheduled.add(chores -> chores.every(reconcilerConfig.interval(), "reconciler", () -> reconcile(reconciler)));
        return new UseCases(
                new DecidingStartRecording(registry, lines, recorder, unitOfWork, trail, CLOCK),
                new DecidingStopRecording(registry, lines, recorder, pending, unitOfWork, trail, patience(), CLOCK),
                new DecidingPauseRecording(registry, lines, recorder, unitOfWork, trail),
                new DecidingListRecordings(registry, lines, CLOCK),
                all(scheduled));
    }

    private UseCases forwarding(
            Stores stores, RecordingSuite suite, LineCapabilities lines, List<Consumer<Chores>> scheduled) {
        UnitOfWork unitOfWork = stores.unitOfWork();
        AuditTrail trail = stores.trail();
        PendingStops pending = pendingStops(stores, config.stopPending().keep(), scheduled);
        return new UseCases(
                new ForwardingStartRecording(suite, lines, unitOfWork, trail),
                new ForwardingStopRecording(suite, pending, unitOfWork, trail, patience()),
                new ForwardingPauseRecording(suite, lines, unitOfWork, trail),
                new ForwardingListRecordings(suite),
                all(scheduled));
    }

    private static PendingStops pendingStops(Stores stores, Duration keep, List<Consumer<Chores>> scheduled) {
        PendingStops pending = stores.pendingStops().apply(keep);
        if (pending instanceof PostgresPendingStops swept) {
            scheduled.add(
                    chores -> chores.every(CATCH_UP_INTERVAL, "end of stops that the database missed", swept::catchUp));
            scheduled.add(chores -> chores.every(SWEEP_INTERVAL, "sweep of pending stops", () -> {
                if (stores.duties().takeOn("pending stops", SWEEP_INTERVAL)) {
                    swept.sweep();
                }
            }));
        }
        return pending;
    }

    private static Consumer<Chores> all(List<Consumer<Chores>> scheduled) {
        return chores -> scheduled.forEach(each -> each.accept(chores));
    }

    private static void reconcile(Reconciler reconciler) {
        long started = System.nanoTime();
        reconciler.run(Adapters::logChange).ifPresent(report -> {
            boolean quiet = report.changes().isEmpty() && report.unanswered() == 0;
            LOG.logf(
                    quiet ? Logger.Level.DEBUG : Logger.Level.INFO,
                    "reconciled checked=%d changed=%d unanswered=%d durationMs=%d",
                    report.checked(),
                    report.changes().size(),
                    report.unanswered(),
                    millisSince(started));
        });
    }

    private static void logChange(RecordingId recording, Reconciler.Change change) {
        LOG.infof(
                "reconciled recording=%s change=%s",
                recording, change.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private void checkRetention(AuditConfig config) {
        Duration requests = patience().multipliedBy(2);
        Duration shortest = requests.compareTo(SHORTEST_RETENTION) > 0 ? requests : SHORTEST_RETENTION;
        config.retention()
                .filter(retention -> retention.compareTo(shortest) < 0)
                .ifPresent(retention -> {
                    throw new IllegalArgumentException("live-recordings.audit.retention: " + retention
                            + " is shorter than a request may take; at least " + shortest);
                });
    }

    private static void sweepTrail(Stores stores, AuditConfig config, Chores chores) {
        if (config.retention().isPresent() && stores.trail() instanceof PostgresAuditTrail trail) {
            Duration retention = config.retention().get();
            chores.every(config.sweepInterval(), "sweep of the audit trail", () -> {
                int removed = 0;
                int batch = 1;
                while (batch > 0 && stores.duties().takeOn("audit trail", config.sweepInterval())) {
                    batch = trail.removeOlderThan(retention);
                    removed += batch;
                }
                if (removed > 0) {
                    LOG.infof("removed auditEntries=%d olderThan=%s", removed, retention);
                }
            });
        }
    }

    @Produces
    @Singleton
    StartRecordingUseCase startRecording(UseCases useCases) {
        return useCases.start();
    }

    @Produces
    @Singleton
    StopRecordingUseCase stopRecording(UseCases useCases) {
        return useCases.stop();
    }

    @Produces
    @Singleton
    PauseRecordingUseCase pauseRecording(UseCases useCases) {
        return useCases.pause();
    }

    @Produces
    @Singleton
    ListRecordingsUseCase listRecordings(UseCases useCases) {
        return useCases.list();
    }

    /** The use cases over one recorder: all of them decide here, or all forward. */
    record UseCases(
            StartRecordingUseCase start,
            StopRecordingUseCase stop,
            PauseRecordingUseCase pause,
            ListRecordingsUseCase list,
            Consumer<Chores> scheduled) {}

    private LineCapabilities lines(Stores stores, LinesConfig config, List<Consumer<Chores>> scheduled) {
        return stores.database() == null
                ? memoryLines(config, scheduled)
                : databaseLines(stores.database(), config, scheduled);
    }

    private static LineCapabilities memoryLines(LinesConfig config, List<Consumer<Chores>> scheduled) {
        if (config.file().isEmpty()) {
            LOG.warn("live-recordings.lines.file is not set: no line is known, hence none is monitorable");
            return CsvLineCapabilities.empty();
        }
        ReloadingLineCapabilities lines =
                new ReloadingLineCapabilities(config.file().get());
        scheduled.add(chores -> chores.every(look(config), "refresh of the lines", lines::refresh));
        return lines;
    }

    private LineCapabilities databaseLines(Database database, LinesConfig config, List<Consumer<Chores>> scheduled) {
        PostgresLineCapabilities lines = new PostgresLineCapabilities(database);
        if (config.file().isPresent()) {
            PostgresLinesImport lineImport =
                    new PostgresLinesImport(database, config.file().get());
            try {
                atStart.run(lineImport::run);
            } catch (BadCsvException e) {
                if (atStart.call(lines::count) == 0) {
                    throw e;
                }
                // The others go on with what they have, and so can this one: no file may keep a replica from starting.
                LOG.errorf("kept the lines because of a bad file: %s", e.getMessage());
            }
            scheduled.add(chores -> chores.every(look(config), "refresh of the lines", lineImport::refresh));
        }
        if (atStart.call(lines::count) == 0) {
            LOG.warn("the database has no lines: set live-recordings.lines.file, else none is monitorable");
        }
        return lines;
    }

    /** A changed file is read at the second look after it changed. */
    private static Duration look(LinesConfig config) {
        return config.refresh().dividedBy(3);
    }

    private void loadRecordings(EmbeddedConfig config, Stores stores) {
        if (config.recordingsFile().isEmpty()) {
            if (stores.database() != null) {
                return;
            }
            LOG.warn("live-recordings.embedded.recordings-file is not set: nothing is being recorded");
            return;
        }
        long started = System.nanoTime();
        List<LiveRecording> recordings =
                EmbeddedCallRecorder.readRecordings(config.recordingsFile().get(), CLOCK.instant());
        int registered = atStart.call(() -> stores.registered().apply(recordings));
        LOG.infof(
                "loaded recordings=%d new=%d file=%s durationMs=%d",
                recordings.size(), registered, config.recordingsFile().get(), millisSince(started));
    }

    private static long millisSince(long started) {
        return Duration.ofNanos(System.nanoTime() - started).toMillis();
    }

    private Duration patience() {
        return guardConfig.deadline().plus(SETTLING);
    }

    /**
     * A setting or a database that makes no sense stops the start with its message alone; a stack trace, which the framework prints
     * for every other root cause, would only hide it.
     */
    private static <T> T configured(Supplier<T> making) {
        try {
            return making.get();
        } catch (BadCsvException | IllegalArgumentException | IllegalStateException e) {
            LOG.debug("can't start", e);
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static ConfigurationException unknown(String property, String value, String known) {
        return new ConfigurationException(property + ": there is no '" + value + "', only: " + known, Set.of(property));
    }
}
