package org.liverecordings.wiring.stores;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.audit.PostgresAuditTrail;
import org.liverecordings.database.AwaitedDatabase;
import org.liverecordings.database.Database;
import org.liverecordings.events.webhook.PostgresProgress;
import org.liverecordings.events.webhook.Progress;
import org.liverecordings.lines.LinesConfig;
import org.liverecordings.metrics.MeteredTrail;
import org.liverecordings.metrics.ServiceMeters;
import org.liverecordings.metrics.StoredFigures;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.registry.postgres.PostgresEventLog;
import org.liverecordings.registry.postgres.PostgresEvents;
import org.liverecordings.registry.postgres.PostgresFigures;
import org.liverecordings.registry.postgres.PostgresHolds;
import org.liverecordings.registry.postgres.PostgresIdempotencyKeys;
import org.liverecordings.registry.postgres.PostgresJobLeases;
import org.liverecordings.registry.postgres.PostgresLiveRecordingRepository;
import org.liverecordings.registry.postgres.PostgresStopLeases;
import org.liverecordings.registry.postgres.PostgresTimers;
import org.liverecordings.text.Words;
import org.liverecordings.wiring.LiveRecordingsConfig;
import org.liverecordings.wiring.ScheduledJobs;

/** The registry {@code postgresql}: any number of replicas on one database. */
final class PostgresStores implements Stores {

    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    /** Well before a lease that couldn't be given back counts as one with an unknown outcome. */
    private static final Duration LEASES_INTERVAL = Duration.ofSeconds(1);

    private final Database database;
    private final AwaitedDatabase atStart;
    private final PostgresLiveRecordingRepository registry;
    private final PostgresAuditTrail trail;
    private final JobLeases jobLeases;
    private final IdempotencyKeys keys;
    private final Holds holds;
    private final LineCapabilities lines;
    private final Events events;
    private final Optional<EventLog> eventLog;
    private final StopLeases leases;
    private final Timers timers;
    private final PostgresFigures figures;
    private final Progress webhookProgress;

    /**
     * @param startTimeout how long the start waits for a database that is away
     * @param publishesEvents whether anybody reads the events of recordings
     */
    PostgresStores(
            Database database,
            LiveRecordingsConfig config,
            Duration startTimeout,
            LinesConfig lines,
            boolean publishesEvents,
            ScheduledJobs jobs,
            MeterRegistry meters,
            InstantSource clock) {
        this.database = database;
        this.atStart = new AwaitedDatabase(startTimeout);
        String replica = config.replica()
                .orElseGet(() -> "pid-" + ProcessHandle.current().pid());
        this.registry = new PostgresLiveRecordingRepository(database);
        this.trail = new PostgresAuditTrail(database, new MeteredTrail(new LogAuditTrail(clock), meters), replica);
        String holder = replica + ' ' + UUID.randomUUID();
        this.jobLeases = new PostgresJobLeases(database, holder);
        this.keys = new PostgresIdempotencyKeys(database, config.idempotency().keep());
        jobs.addSweep("idempotency keys", SWEEP_INTERVAL, jobLeases, keys::removeLapsed);
        this.holds = new PostgresHolds(database);
        jobs.addSweep("holds", SWEEP_INTERVAL, jobLeases, () -> requests().endLapsedHolds(holds));
        this.lines = PostgresLines.atStart(database, lines, atStart, jobs, new ServiceMeters(meters));
        boolean entriesDecide = Stores.entriesDecide(config);
        String recorder = Words.of(config.recorder());
        this.events = publishesEvents ? new PostgresEvents(database, entriesDecide, recorder) : Events.NONE;
        this.eventLog = publishesEvents ? Optional.of(new PostgresEventLog(database, events)) : Optional.empty();
        PostgresStopLeases stopLeases = new PostgresStopLeases(
                database,
                entriesDecide,
                config.stopPending().keep(),
                config.idempotency().keep(),
                publishesEvents ? recorder : null);
        jobs.add("sweep of the leases of stops", LEASES_INTERVAL, stopLeases::removeLapsed);
        this.leases = stopLeases;
        this.timers = new PostgresTimers(database);
        this.figures = new PostgresFigures(database, entriesDecide);
        this.webhookProgress = new PostgresProgress(database, holder);
    }

    @Override
    public LiveRecordingRepository registry() {
        return registry;
    }

    @Override
    public LineCapabilities lines() {
        return lines;
    }

    @Override
    public StopLeases leases() {
        return leases;
    }

    @Override
    public Holds holds() {
        return holds;
    }

    @Override
    public Timers timers() {
        return timers;
    }

    @Override
    public IdempotencyKeys keys() {
        return keys;
    }

    @Override
    public UnitOfWork unitOfWork() {
        return database;
    }

    @Override
    public PostgresAuditTrail trail() {
        return trail;
    }

    @Override
    public AuditLog auditLog() {
        return trail;
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public Optional<EventLog> eventLog() {
        return eventLog;
    }

    @Override
    public JobLeases jobLeases() {
        return jobLeases;
    }

    @Override
    public Progress webhookProgress() {
        return webhookProgress;
    }

    @Override
    public <T> T atStart(Supplier<T> work) {
        return atStart.call(work);
    }

    @Override
    public int register(Collection<LiveRecording> recordings) {
        return atStart.call(() -> registry.importOnce(recordings));
    }

    @Override
    public StoredFigures figures() {
        return figures.count();
    }

    @Override
    public long liveRecordings() {
        return atStart.call(registry::count);
    }
}
