package org.liverecordings;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
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
import org.liverecordings.recorder.RecorderCondition;
import org.liverecordings.recorder.RecorderGuard;
import org.liverecordings.recorder.asterisk.Asterisk;
import org.liverecordings.recorder.asterisk.AsteriskConfig;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.list.ListRecordingsUseCase;
import org.liverecordings.recording.list.RegistryListRecordings;
import org.liverecordings.recording.list.SuiteListRecordings;
import org.liverecordings.recording.pause.PauseRecordingUseCase;
import org.liverecordings.recording.pause.RegistryPauseRecording;
import org.liverecordings.recording.pause.SuitePauseRecording;
import org.liverecordings.recording.reconcile.Reconciler;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.start.RegistryStartRecording;
import org.liverecordings.recording.start.StartRecordingUseCase;
import org.liverecordings.recording.start.SuiteStartRecording;
import org.liverecordings.recording.stop.RegistryStopRecording;
import org.liverecordings.recording.stop.StopRecordingUseCase;
import org.liverecordings.recording.stop.SuiteStopRecording;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.UnitOfWork;

/** Chooses, by configuration, which adapter serves which port: the one place that knows them all. */
@ApplicationScoped
class Adapters {

    private static final Logger LOG = Logger.getLogger(Adapters.class);

    private static final InstantSource CLOCK = InstantSource.system();

    /** How many entries the recorder is asked for at once: few beside what the guard lets through, so that stops come first. */
    private static final int RECONCILED_AT_ONCE = 20;

    /** Longer than a request usually takes: the entry of one that is under way must still be there at its end. */
    private static final Duration SHORTEST_RETENTION = Duration.ofMinutes(1);

    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    /** Well before a lease that couldn't be given back counts as one with an unknown outcome. */
    private static final Duration LEASES_INTERVAL = Duration.ofSeconds(1);

    private final LiveRecordingsConfig config;
    private final GuardConfig guardConfig;
    private final DatabaseConfig databaseConfig;
    private final AwaitedDatabase atStart;
    private final Chores chores = new Chores();

    Adapters(LiveRecordingsConfig config, GuardConfig guardConfig, DatabaseConfig databaseConfig) {
        this.config = config;
        this.guardConfig = guardConfig;
        this.databaseConfig = databaseConfig;
        this.atStart = new AwaitedDatabase(databaseConfig.startTimeout());
    }

    /** Everything is made at the start, so that a setting that makes no sense stops it. */
    void start(
            @Observes StartupEvent event,
            Instance<UseCases> useCases,
            Instance<LiveRecordingRepository> registry,
            Instance<Flyway> flyway) {
        if (usesDatabase() && databaseConfig.migrate().equals("only")) {
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

    @Produces
    @Singleton
    Stores stores(Instance<AgroalDataSource> dataSource, Instance<Flyway> flyway) {
        return switch (config.registry()) {
            case "memory" -> {
                if (databaseConfig.migrate().equals("only")) {
                    throw new ConfigurationException(
                            "live-recordings.database.migrate=only needs live-recordings.registry=postgresql",
                            Set.of("live-recordings.database.migrate"));
                }
                yield Stores.inMemory(checked(config), CLOCK);
            }
            case "postgresql" -> {
                switch (databaseConfig.migrate()) {
                    case "at-start" -> migrate(flyway.get());
                    case "never" -> LOG.info("the database's schema is left as it is");
                    default ->
                        throw unknown(
                                "live-recordings.database.migrate", databaseConfig.migrate(), "at-start, only, never");
                }
                yield Stores.inPostgres(
                        new Database(dataSource.get()),
                        checked(config),
                        replica(),
                        replica() + ' ' + UUID.randomUUID(),
                        CLOCK);
            }
            default -> throw unknown("live-recordings.registry", config.registry(), "memory, postgresql");
        };
    }

    private static LiveRecordingsConfig checked(LiveRecordingsConfig config) {
        check("live-recordings.stop-pending.keep", config.stopPending().keep(), Duration.ofDays(1));
        check("live-recordings.idempotency.keep", config.idempotency().keep(), Duration.ofDays(30));
        return config;
    }

    private static void check(String setting, Duration value, Duration longest) {
        if (value.compareTo(Duration.ofMinutes(1)) < 0 || value.compareTo(longest) > 0) {
            throw new ConfigurationException(
                    setting + ": " + value + " is not between " + Duration.ofMinutes(1) + " and " + longest,
                    Set.of(setting));
        }
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

    private String replica() {
        return config.replica().orElseGet(() -> "pid-" + ProcessHandle.current().pid());
    }

    @Produces
    @Singleton
    @Typed(RecorderGuard.class)
    RecorderGuard guard() {
        return configured(() -> new RecorderGuard(guardConfig));
    }

    @Produces
    @Singleton
    @Typed(Asterisk.class)
    Asterisk asterisk(AsteriskConfig asteriskConfig, Stores stores, Vertx vertx, TlsConfigurationRegistry tls) {
        return configured(() -> new Asterisk(asteriskConfig, guardConfig, stores.registry(), vertx, tls));
    }

    void end(@Disposes Asterisk asterisk) {
        asterisk.close();
    }

    @Produces
    @Singleton
    RecorderCondition condition(Instance<RecorderGuard> guard, Instance<Asterisk> asterisk) {
        return config.recorder().equals("asterisk") ? asterisk.get() : guard.get();
    }

    @Produces
    @Singleton
    LiveRecordingRepository registry(Stores stores) {
        return stores.registry();
    }

    @Produces
    @Singleton
    Deadline.Limit requestLimit() {
        return new Deadline.Limit(guardConfig.deadline());
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
            Instance<Asterisk> asterisk,
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
                            stores,
                            lines,
                            new GuardedCallRecorder(guard, recorder),
                            true,
                            true,
                            reconciler,
                            (chores, unused) -> {},
                            scheduled);
                }
                case "asterisk" -> {
                    Asterisk nodes = asterisk.get();
                    yield deciding(
                            stores,
                            nodes.monitorable(lines),
                            nodes.recorder(),
                            false,
                            nodes.pausesCount(),
                            reconciler,
                            (chores, told) -> lookAfter(nodes, told, chores),
                            scheduled);
                }
                case "imagicle" -> {
                    RecordingSuite suite =
                            new ImagicleRecordingSuite(vertx, tls, imagicle, guardConfig.attemptTimeout());
                    yield forwarding(stores, new GuardedRecordingSuite(guard, suite), lines, scheduled);
                }
                default -> throw unknown("live-recordings.recorder", config.recorder(), "embedded, imagicle, asterisk");
            };
        });
    }

    private UseCases deciding(
            Stores stores,
            LineCapabilities lines,
            CallRecorder recorder,
            boolean registryIsItsTruth,
            boolean pausesCount,
            ReconcilerConfig reconcilerConfig,
            BiConsumer<Chores, Reconciler> also,
            List<Consumer<Chores>> scheduled) {
        LiveRecordingRepository registry = stores.registry();
        UnitOfWork unitOfWork = stores.unitOfWork();
        AuditedRequests requests = requests(stores);
        StopLeases leases = leases(stores, true, scheduled);
        Reconciler reconciler = new Reconciler(
                registry,
                leases,
                recorder,
                unitOfWork,
                stores.jobLeases(),
                new Reconciler.Settings(
                        registryIsItsTruth,
                        guardConfig.deadline().plus(RegistryStopRecording.START_MARGIN),
                        Reconciler.Settings.lease(reconcilerConfig.interval(), guardConfig.deadline()),
                        RECONCILED_AT_ONCE),
                CLOCK);
        scheduled.add(chores -> chores.every(reconcilerConfig.interval(), "reconciler", () -> reconcile(reconciler)));
        scheduled.add(chores -> also.accept(chores, reconciler));
        return new UseCases(
                new RegistryStartRecording(registry, lines, recorder, requests, CLOCK),
                new RegistryStopRecording(
                        registry, lines, recorder, leases, unitOfWork, requests, guardConfig.deadline(), CLOCK),
                new RegistryPauseRecording(registry, lines, recorder, requests),
                new RegistryListRecordings(registry, lines, CLOCK, pausesCount),
                all(scheduled));
    }

    /** What a node did while nobody was told is learnt as soon as it can be, and what it tells takes effect at once. */
    private static void lookAfter(Asterisk asterisk, Reconciler reconciler, Chores chores) {
        for (String node : asterisk.nodes()) {
            chores.every(asterisk.sweepInterval(), "look after Asterisk " + node, () -> asterisk.look(node));
        }
        asterisk.connect(
                node -> chores.soon("look after Asterisk " + node, () -> {
                    asterisk.look(node);
                    reconciler.check(recording -> node.equals(recording.call().node()), Adapters::logChange);
                }),
                recording -> chores.soon("end of a recording", () -> reconciler.check(recording, Adapters::logChange)));
    }

    private UseCases forwarding(
            Stores stores, RecordingSuite suite, LineCapabilities lines, List<Consumer<Chores>> scheduled) {
        AuditedRequests requests = requests(stores);
        return new UseCases(
                new SuiteStartRecording(suite, lines, requests),
                new SuiteStopRecording(suite, leases(stores, false, scheduled), requests),
                new SuitePauseRecording(suite, lines, requests),
                new SuiteListRecordings(suite),
                all(scheduled));
    }

    private static AuditedRequests requests(Stores stores) {
        return new AuditedRequests(stores.trail(), stores.unitOfWork(), stores.keys());
    }

    private static StopLeases leases(Stores stores, boolean entriesDecide, List<Consumer<Chores>> scheduled) {
        StopLeases leases = stores.leases().apply(entriesDecide);
        scheduled.add(chores -> chores.every(LEASES_INTERVAL, "sweep of the leases of stops", leases::removeLapsed));
        scheduled.add(chores -> chores.every(SWEEP_INTERVAL, "sweep of idempotency keys", () -> {
            if (stores.jobLeases().hold("idempotency keys", SWEEP_INTERVAL)) {
                stores.keys().removeLapsed();
            }
        }));
        return leases;
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
        Duration requests = guardConfig.deadline().multipliedBy(2);
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
                while (batch > 0 && stores.jobLeases().hold("audit trail", config.sweepInterval())) {
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
