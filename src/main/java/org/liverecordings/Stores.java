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
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.registry.MemoryLiveRecordingRepository;
import org.liverecordings.registry.MemoryPendingStops;
import org.liverecordings.registry.PostgresJobLeases;
import org.liverecordings.registry.PostgresLiveRecordingRepository;
import org.liverecordings.registry.PostgresPendingStops;

/**
 * What is kept, and where: all of it in memory, or all of it in PostgreSQL.
 *
 * @param database null in memory
 * @param pendingStops makes the book of pending stops; its argument is how long a mark stays, null: as long as its recording
 * @param registered registers what a recorder recorded before us, and tells how many of it were new
 */
record Stores(
        Database database,
        LiveRecordingRepository registry,
        Function<Duration, PendingStops> pendingStops,
        UnitOfWork unitOfWork,
        AuditTrail trail,
        AuditLog auditLog,
        JobLeases jobLeases,
        Function<Collection<LiveRecording>, Integer> registered) {

    static Stores inMemory(InstantSource clock) {
        LiveRecordingRepository registry = new MemoryLiveRecordingRepository();
        return new Stores(
                null,
                registry,
                keep -> new MemoryPendingStops(keep, clock),
                UnitOfWork.oneAfterTheOther(),
                new LogAuditTrail(clock),
                query -> {
                    throw new NoAuditLogException(
                            "the audit trail is in the log, unless live-recordings.registry=postgresql");
                },
                (duty, duration) -> true,
                recordings -> {
                    registry.addAll(recordings);
                    return recordings.size();
                });
    }

    /**
     * @param patience how long an asker may take from noting a stop to ending it
     * @param replica names this one among all
     * @param process tells this process from any other
     */
    static Stores inPostgres(
            Database database, Duration patience, String replica, String process, InstantSource clock) {
        PostgresLiveRecordingRepository registry = new PostgresLiveRecordingRepository(database);
        PostgresAuditTrail trail = new PostgresAuditTrail(database, new LogAuditTrail(clock), replica);
        return new Stores(
                database,
                registry,
                keep -> new PostgresPendingStops(database, patience, keep),
                database,
                trail,
                trail,
                new PostgresJobLeases(database, process),
                registry::importOnce);
    }
}
