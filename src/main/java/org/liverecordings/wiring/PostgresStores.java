package org.liverecordings.wiring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.UUID;

import org.jboss.logging.Logger;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.audit.PostgresAuditTrail;
import org.liverecordings.csv.BadCsvException;
import org.liverecordings.database.AwaitedDatabase;
import org.liverecordings.database.Database;
import org.liverecordings.lines.LinesConfig;
import org.liverecordings.lines.PostgresLineCapabilities;
import org.liverecordings.lines.PostgresLinesImport;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.registry.PostgresJobLeases;
import org.liverecordings.registry.PostgresLiveRecordingRepository;
import org.liverecordings.registry.PostgresPendingStops;

/** The registry {@code postgresql}: any number of replicas on one database. */
final class PostgresStores implements Stores {

    private static final Logger LOG = Logger.getLogger(PostgresStores.class);

    /** How much later than it should a replica may end an attempt before it counts as dead. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    /** Well before what is late to be ended counts as ended unknown. */
    private static final Duration CATCH_UP_INTERVAL = Duration.ofSeconds(1);

    private final Database database;
    private final AwaitedDatabase atStart;
    private final ScheduledJobs jobs;
    private final Duration longestRequest;
    private final PostgresLiveRecordingRepository registry;
    private final PostgresAuditTrail trail;
    private final PostgresJobLeases jobLeases;
    private final LineCapabilities lines;

    /**
     * @param replica names this one among all
     * @param startTimeout how long the start waits for a database that is away
     */
    PostgresStores(
            Database database,
            String replica,
            Duration startTimeout,
            RequestTime requestTime,
            LinesConfig lines,
            ScheduledJobs jobs,
            InstantSource clock) {
        this.database = database;
        this.atStart = new AwaitedDatabase(startTimeout);
        this.jobs = jobs;
        this.longestRequest = requestTime.longest();
        this.registry = new PostgresLiveRecordingRepository(database);
        this.trail = new PostgresAuditTrail(database, new LogAuditTrail(clock), replica);
        this.jobLeases = new PostgresJobLeases(database, replica + ' ' + UUID.randomUUID());
        this.lines = lines(lines);
    }

    private LineCapabilities lines(LinesConfig config) {
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
            jobs.add("refresh of the lines", Stores.look(config), lineImport::refresh);
        }
        if (atStart.call(lines::count) == 0) {
            LOG.warn("the database has no lines: set live-recordings.lines.file, else none is monitorable");
        }
        return lines;
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
    public PendingStops pendingStops(Duration keep) {
        PostgresPendingStops pending = new PostgresPendingStops(database, longestRequest.plus(MARGIN), keep);
        jobs.add("end of stops that the database missed", CATCH_UP_INTERVAL, pending::catchUp);
        jobs.add("sweep of pending stops", SWEEP_INTERVAL, () -> {
            if (jobLeases.hold("pending stops", SWEEP_INTERVAL)) {
                pending.sweep();
            }
        });
        return pending;
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
    public JobLeases jobLeases() {
        return jobLeases;
    }

    @Override
    public int register(Collection<LiveRecording> recordings) {
        return atStart.call(() -> registry.importOnce(recordings));
    }

    @Override
    public long liveRecordings() {
        return atStart.call(registry::count);
    }
}
