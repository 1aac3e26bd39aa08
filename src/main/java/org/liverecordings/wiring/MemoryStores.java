package org.liverecordings.wiring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;

import org.jboss.logging.Logger;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.lines.CsvLineCapabilities;
import org.liverecordings.lines.LinesConfig;
import org.liverecordings.lines.ReloadingLineCapabilities;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.NoAuditLogException;
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.registry.MemoryLiveRecordingRepository;
import org.liverecordings.registry.MemoryPendingStops;

/** The registry {@code memory}: one process, which forgets everything when it ends. The audit trail is in its log. */
final class MemoryStores implements Stores {

    private static final Logger LOG = Logger.getLogger(MemoryStores.class);

    private final InstantSource clock;
    private final LiveRecordingRepository registry = new MemoryLiveRecordingRepository();
    private final UnitOfWork unitOfWork = UnitOfWork.oneAfterTheOther();
    private final LineCapabilities lines;

    MemoryStores(LinesConfig lines, ScheduledJobs jobs, InstantSource clock) {
        this.clock = clock;
        this.lines = lines(lines, jobs);
    }

    private static LineCapabilities lines(LinesConfig config, ScheduledJobs jobs) {
        if (config.file().isEmpty()) {
            LOG.warn("live-recordings.lines.file is not set: no line is known, hence none is monitorable");
            return CsvLineCapabilities.empty();
        }
        ReloadingLineCapabilities lines =
                new ReloadingLineCapabilities(config.file().get());
        jobs.add("refresh of the lines", Stores.look(config), lines::refresh);
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
        return new MemoryPendingStops(keep, clock);
    }

    @Override
    public UnitOfWork unitOfWork() {
        return unitOfWork;
    }

    @Override
    public AuditTrail trail() {
        return new LogAuditTrail(clock);
    }

    @Override
    public AuditLog auditLog() {
        return query -> {
            throw new NoAuditLogException("the audit trail is in the log, unless live-recordings.registry=postgresql");
        };
    }

    @Override
    public JobLeases jobLeases() {
        return (job, duration) -> true;
    }

    @Override
    public int register(Collection<LiveRecording> recordings) {
        registry.addAll(recordings);
        return recordings.size();
    }

    @Override
    public long liveRecordings() {
        return registry.count();
    }
}
