package org.liverecordings.recording.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.audit.PostgresAuditTrail;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.ScriptedRecorder;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.registry.postgres.PostgresIdempotencyKeys;
import org.liverecordings.registry.postgres.PostgresLiveRecordingRepository;
import org.liverecordings.registry.postgres.PostgresStopLeases;
import org.liverecordings.support.PostgresServer;

/** The same in PostgreSQL: nobody waits for locks until his time is over. */
class OneClaimInPostgresTest extends OneClaimContract {

    private static AgroalDataSource pool;
    private static Database database;

    OneClaimInPostgresTest() {
        super(inPostgres(database), 10);
    }

    static Setup inPostgres(Database database) {
        return new Setup(
                new PostgresLiveRecordingRepository(database),
                new PostgresStopLeases(database, true, Duration.ofMinutes(5), Duration.ofHours(24), null),
                database,
                new AuditedRequests(
                        new PostgresAuditTrail(database, new LogAuditTrail(InstantSource.system()), "replica"),
                        database,
                        new PostgresIdempotencyKeys(database, Duration.ofHours(24)),
                        Events.NONE));
    }

    @BeforeAll
    static void connect() {
        pool = PostgresServer.shared().migrated();
        database = new Database(pool);
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @Override
    long confirmations(RecordingId id) {
        Sql count = Sql.of("SELECT count(*) AS n FROM audit_confirmation WHERE recording_id = ?")
                .with(id.value());
        return database.first(count, row -> row.getLong("n")).orElseThrow();
    }

    @Test
    void aStopWhoseTimeIsOverIsAnsweredAndOnTheTrail() {
        RecordingId id = new RecordingId(UUID.randomUUID());
        LiveRecordingRepository registry = new PostgresLiveRecordingRepository(database);
        registry.addAll(List.of(Recordings.forked(id, "SEP1", "101")));
        Caller late = new Caller("alice", 10, Set.of(), null, "late-" + id, Deadline.after(Duration.ZERO), null);
        StopRecordingUseCase stop = stopOf(new ScriptedRecorder());

        assertThrows(RecorderUnavailableException.class, () -> stop.stop(StopRequest.byId(late, id.toString())));

        Sql result = Sql.of("SELECT result FROM audit_end JOIN audit_entry ON id = entry_id WHERE correlation_id = ?")
                .with("late-" + id);
        assertEquals(Optional.of("failed"), database.first(result, row -> row.getString("result")));
    }
}
