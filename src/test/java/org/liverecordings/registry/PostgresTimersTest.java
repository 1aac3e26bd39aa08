package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.ALICE;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.audit.PostgresAuditTrail;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.store.Timers.Action;
import org.liverecordings.recording.store.Timers.Setter;
import org.liverecordings.registry.postgres.PostgresLiveRecordingRepository;
import org.liverecordings.registry.postgres.PostgresStopLeases;
import org.liverecordings.registry.postgres.PostgresTimers;
import org.liverecordings.support.PostgresServer;

class PostgresTimersTest extends TimersContract {

    private static AgroalDataSource pool;
    private static Database database;

    private final Setter setter = new Setter(UUID.randomUUID(), "alice", "c-1", Duration.ZERO);

    @BeforeAll
    static void connect() {
        connect(PostgresServer.shared().migrated());
    }

    static void connect(AgroalDataSource to) {
        pool = to;
        database = new Database(pool);
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @BeforeEach
    void clear() {
        database.update(Sql.of("DELETE FROM timer"));
    }

    @Override
    Timers timers() {
        return new PostgresTimers(database);
    }

    @Override
    LiveRecordingRepository registry() {
        return new PostgresLiveRecordingRepository(database);
    }

    @Override
    StopLeases leases(Mode mode) {
        return new PostgresStopLeases(
                database, mode == Mode.REGISTRY, Duration.ofMinutes(5), Duration.ofHours(24), "embedded");
    }

    @Override
    AuditTrail trail() {
        return trail(InstantSource.system());
    }

    private static AuditTrail trail(InstantSource clock) {
        return new PostgresAuditTrail(database, new LogAuditTrail(clock), "replica");
    }

    @Override
    void pass(Duration duration) {
        String past = " - CAST('" + duration + "' AS interval)";
        database.update(Sql.of("UPDATE timer SET due_at = due_at" + past + ", settled_at = settled_at" + past
                + ", next_at = next_at" + past));
    }

    // What only this one does

    /** PostgreSQL thinks that the table is all but empty, as it mostly is, and plans for that. */
    @Test
    void noMoreIsTakenThanThereIsRoomForHoweverManyAreDueAtOnce() {
        timers().set(List.of(new RecordingId(UUID.randomUUID())), Action.STOP, Duration.ofDays(1), setter);
        database.update(Sql.of("ANALYZE timer"));
        timers().set(
                        Stream.generate(() -> new RecordingId(UUID.randomUUID()))
                                .limit(200)
                                .toList(),
                        Action.STOP,
                        Duration.ZERO,
                        setter);
        assertEquals(20, timers().take(20, Duration.ofSeconds(7)).size());
    }

    @Test
    void whatSomebodyElseHasLockedKeepsNobodyWaiting() throws SQLException {
        timers().set(List.of(new RecordingId(UUID.randomUUID())), Action.STOP, Duration.ZERO, setter);
        try (Connection other = pool.getConnection()) {
            other.setAutoCommit(false);
            Sql.of("SELECT 1 FROM timer FOR UPDATE").list(other, row -> 1);
            assertEquals(List.of(), timers().take(20, Duration.ofSeconds(7)));
            other.rollback();
            other.setAutoCommit(true);
        }
        assertEquals(1, timers().take(20, Duration.ofSeconds(7)).size());
    }

    @Test
    void aUnitOfWorkThatFailsSetsNone() {
        assertThrows(
                IllegalStateException.class,
                () -> database.run(() -> {
                    timers().set(List.of(a), Action.STOP, SECOND, setter);
                    throw new IllegalStateException("bug");
                }));
        assertTrue(timers().isEmpty());
    }

    /** Nothing of a timer is reckoned from the time in this process, which has no say in it. */
    @Test
    void aTimerIsDueByTheDatabasesClock() {
        database.run(() -> {
            timers().set(List.of(a), Action.STOP, Duration.ofSeconds(90), setter);
            Sql left = Sql.of("SELECT CAST(EXTRACT(EPOCH FROM due_at - now()) AS int8) AS n FROM timer");
            assertEquals(List.of(90L), database.list(left, row -> row.getLong("n")));
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 60})
    void aReplicaWhoseClockIsAMinuteOffEndsTimersAsAnyOther(long seconds) {
        timers().set(List.of(a), Action.RESUME, SECOND, setter);
        Instant asked = trail(() -> Instant.now().plusSeconds(seconds))
                .asked(new Asked(Operation.RESUME, ALICE, null, null, null))
                .at();
        Setter later = new Setter(UUID.randomUUID(), "bob", "c-2", Duration.ZERO);
        timers().set(List.of(a), Action.RESUME, SECOND.multipliedBy(2), later);
        timers().pauseChanged(List.of(a), asked);
        pass(SECOND.multipliedBy(2));
        assertEquals(
                List.of("bob"),
                timers().take(10, LEASE).stream().map(Timers.Due::user).toList());
    }
}
