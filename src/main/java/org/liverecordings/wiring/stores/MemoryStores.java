package org.liverecordings.wiring.stores;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.events.webhook.MemoryProgress;
import org.liverecordings.events.webhook.Progress;
import org.liverecordings.lines.LinesConfig;
import org.liverecordings.metrics.MeteredTrail;
import org.liverecordings.metrics.ServiceMeters;
import org.liverecordings.metrics.StoredFigures;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.NoAuditLogException;
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
import org.liverecordings.registry.memory.MemoryEvents;
import org.liverecordings.registry.memory.MemoryHolds;
import org.liverecordings.registry.memory.MemoryIdempotencyKeys;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryStopLeases;
import org.liverecordings.registry.memory.MemoryTimers;
import org.liverecordings.text.Words;
import org.liverecordings.wiring.LiveRecordingsConfig;
import org.liverecordings.wiring.ScheduledJobs;

/** The registry {@code memory}: one process, which forgets everything when it ends. The audit trail is in its log. */
final class MemoryStores implements Stores {

    /** Some tens of megabytes at most; a day's worth where clients send keys now and then. */
    private static final int KEYS = 50_000;

    /** Some ten megabytes at most. */
    private static final int EVENTS = 10_000;

    /** As much. */
    private static final int TIMERS = 50_000;

    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    private final IdempotencyKeys keys;
    private final MemoryLiveRecordingRepository registry;
    private final UnitOfWork unitOfWork = UnitOfWork.oneAfterTheOther();
    private final LineCapabilities lines;
    private final AuditTrail trail;
    private final MemoryLiveRecordingRepository entries;
    private final MemoryEvents events;
    private final boolean publishesEvents;
    private final Holds holds;
    private final MemoryTimers timers;
    private final MemoryStopLeases leases;
    private final Progress webhookProgress;

    /**
     * @param publishesEvents whether anybody reads the events of recordings
     */
    MemoryStores(
            LiveRecordingsConfig config,
            LinesConfig lines,
            boolean publishesEvents,
            ScheduledJobs jobs,
            MeterRegistry meters,
            InstantSource clock) {
        this.registry = new MemoryLiveRecordingRepository(clock);
        this.keys = new MemoryIdempotencyKeys(config.idempotency().keep(), KEYS, clock);
        jobs.add("sweep of idempotency keys", SWEEP_INTERVAL, keys::removeLapsed);
        this.trail = new MeteredTrail(new LogAuditTrail(clock), meters);
        this.lines = MemoryLines.atStart(lines, jobs, new ServiceMeters(meters));
        this.publishesEvents = publishesEvents;
        this.entries = Stores.entriesDecide(config) ? registry : null;
        this.events = new MemoryEvents(entries, Words.of(config.recorder()), publishesEvents ? EVENTS : 0, clock);
        this.webhookProgress = new MemoryProgress(events::latest, clock);
        this.timers = new MemoryTimers(entries, TIMERS, clock);
        this.leases = new MemoryStopLeases(entries, keys, config.stopPending().keep(), clock, events, timers);
        jobs.add("sweep of the leases of stops", SWEEP_INTERVAL, leases::removeLapsed);
        this.holds = new MemoryHolds(clock);
        jobs.addSweep("holds", SWEEP_INTERVAL, jobLeases(), () -> requests().endLapsedHolds(holds));
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
        return unitOfWork;
    }

    @Override
    public AuditTrail trail() {
        return trail;
    }

    @Override
    public AuditLog auditLog() {
        return (reader, query) -> {
            throw new NoAuditLogException("the audit trail is in the log, unless live-recordings.registry=postgresql");
        };
    }

    @Override
    public Events events() {
        return publishesEvents ? events : Events.NONE;
    }

    @Override
    public Optional<EventLog> eventLog() {
        return publishesEvents ? Optional.of(events) : Optional.empty();
    }

    @Override
    public JobLeases jobLeases() {
        return (job, duration) -> true;
    }

    @Override
    public Progress webhookProgress() {
        return webhookProgress;
    }

    @Override
    public <T> T atStart(Supplier<T> work) {
        return work.get();
    }

    @Override
    public int register(Collection<LiveRecording> recordings) {
        registry.addAll(recordings);
        return recordings.size();
    }

    @Override
    public StoredFigures figures() {
        return new StoredFigures(
                Optional.ofNullable(entries).map(MemoryLiveRecordingRepository::countByStatus),
                leases.countByState(),
                holds.latest(Integer.MAX_VALUE).size(),
                timers.count(),
                lines.count(),
                OptionalLong.empty());
    }

    @Override
    public long liveRecordings() {
        return registry.count();
    }
}
