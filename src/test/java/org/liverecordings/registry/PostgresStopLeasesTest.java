package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.on;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.audit.PostgresAuditTrail;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Earlier;
import org.liverecordings.recording.store.StopLeases.Unsettled;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.support.PostgresServer;

class PostgresStopLeasesTest extends StopLeasesContract {

    private static AgroalDataSource pool;
    private static Database database;

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

    @Override
    LiveRecordingRepository registry() {
        return new PostgresLiveRecordingRepository(database);
    }

    @Override
    StopLeases leases(Mode mode) {
        return new PostgresStopLeases(database, mode == Mode.REGISTRY, KEEP, Duration.ofHours(24), null);
    }

    @Override
    IdempotencyKeys keys() {
        return new PostgresIdempotencyKeys(database, Duration.ofHours(24));
    }

    @Override
    AuditTrail trail() {
        return new PostgresAuditTrail(database, new LogAuditTrail(InstantSource.system()), "replica");
    }

    @Override
    void pass(Duration duration) {
        String past = " - CAST('" + duration + "' AS interval)";
        database.update(Sql.of(
                "UPDATE stop_lease SET asking_until = asking_until" + past + ", kept_until = kept_until" + past));
        database.update(Sql.of(
                "UPDATE idempotency_key SET held_until = held_until" + past + ", kept_until = kept_until" + past));
    }

    // What only this one does

    /** A lease that nobody can give back would count as unknown before long, and somebody claim a stop that wasn't. */
    @Test
    void whatCantBeGivenBackNowIsGivenBackLater() {
        StopLeases leases = leases(Mode.SUITE);
        UUID holder = UUID.randomUUID();
        RecordingTarget target = new RecordingTarget.ById(new RecordingId(UUID.randomUUID()));
        leases.take(holder, Set.of(target), null, LONG);
        whileLocked(() -> assertThrows(
                StoreUnavailableException.class, () -> leases.giveBack(Unsettled.nothingOf(holder, Set.of(target)))));
        leases.removeLapsed();
        assertEquals(
                Map.of(target, new Earlier(false, false)), leases.take(UUID.randomUUID(), Set.of(target), null, LONG));
    }

    @Test
    void namesOfAnyLengthAndCharacterAreJustNames() {
        StopLeases leases = leases(Mode.SUITE);
        RecordingTarget strange = new RecordingTarget.OnLine(on("SEP\0'\"%_", "9".repeat(100_000)));
        assertEquals(
                Set.of(strange),
                leases.take(UUID.randomUUID(), Set.of(strange), strange, LONG).keySet());
        assertEquals(
                Set.of(),
                leases.take(UUID.randomUUID(), Set.of(strange), strange, LONG).keySet());
    }

    @Test
    void noPairOfNamesReadsLikeAnother() {
        assertEquals(
                4,
                Set.of(
                                TargetKeys.of(new RecordingTarget.OnLine(on("a", "b c"))),
                                TargetKeys.of(new RecordingTarget.OnLine(on("a b", "c"))),
                                TargetKeys.of(new RecordingTarget.OnLine(on("a b c", null))),
                                TargetKeys.of(new RecordingTarget.OnLine(on(null, "a b c"))))
                        .size());
    }

    /** Does the work while somebody else has all leases locked. */
    private static void whileLocked(Runnable work) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            database.inTransaction(connection -> {
                Sql.of("SELECT 1 FROM stop_lease FOR UPDATE").execute(connection);
                CompletableFuture.runAsync(work, thread).join();
                return null;
            });
        } finally {
            thread.shutdownNow();
        }
    }
}
