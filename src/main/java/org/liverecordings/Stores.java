package org.liverecordings;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.function.Function;

import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.audit.PostgresAuditTrail;
import org.liverecordings.database.Database;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.NoAuditLogException;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.registry.MemoryIdempotencyKeys;
import org.liverecordings.registry.MemoryLiveRecordingRepository;
import org.liverecordings.registry.MemoryStopLeases;
import org.liverecordings.registry.PostgresIdempotencyKeys;
import org.liverecordings.registry.PostgresJobLeases;
import org.liverecordings.registry.PostgresLiveRecordingRepository;
import org.liverecordings.registry.PostgresStopLeases;

/**
 * What is kept, and where: all of it in memory, or all of it in PostgreSQL.
 *
 * @param database null in memory
 * @param leases makes the leases of stops; its argument tells whether a recording's entry in the registry decides who claims its end
 * @param registered registers what a recorder recorded before us, and tells how many of it were new
 */
record Stores(
        Database database,
        LiveRecordingRepository registry,
        IdempotencyKeys keys,
        Function<Boolean, StopLeases> leases,
        UnitOfWork unitOfWork,
        AuditTrail trail,
        AuditLog auditLog,
        JobLeases jobLeases,
        Function<Collection<LiveRecording>, Integer> registered) {

    /** Some tens of megabytes at most; a day's worth where clients send keys now and then. */
    private static final int KEYS_IN_MEMORY = 50_000;

    static Stores inMemory(LiveRecordingsConfig config, InstantSource clock) {
        IdempotencyKeys keys = new MemoryIdempotencyKeys(config.idempotency().keep(), KEYS_IN_MEMORY, clock);
        Duration keep = config.stopPending().keep();
        LiveRecordingRepository registry = new MemoryLiveRecordingRepository();
        return new Stores(
                null,
                registry,
                keys,
                entriesDecide -> new MemoryStopLeases(entriesDecide ? registry : null, keys, keep, clock),
                UnitOfWork.oneAfterTheOther(),
                new LogAuditTrail(clock),
                query -> {
                    throw new NoAuditLogException(
                            "the audit trail is in the log, unless live-recordings.registry=postgresql");
                },
                (job, duration) -> true,
                recordings -> {
                    registry.addAll(recordings);
                    return recordings.size();
                });
    }

    /**
     * @param replica names this one among all
     * @param process tells this process from any other
     */
    static Stores inPostgres(
            Database database, LiveRecordingsConfig config, String replica, String process, InstantSource clock) {
        Duration keep = config.stopPending().keep();
        Duration keepAnswers = config.idempotency().keep();
        PostgresLiveRecordingRepository registry = new PostgresLiveRecordingRepository(database);
        PostgresAuditTrail trail = new PostgresAuditTrail(database, new LogAuditTrail(clock), replica);
        return new Stores(
                database,
                registry,
                new PostgresIdempotencyKeys(database, keepAnswers),
                entriesDecide -> new PostgresStopLeases(database, entriesDecide, keep, keepAnswers),
                database,
                trail,
                trail,
                new PostgresJobLeases(database, process),
                registry::importOnce);
    }
}
