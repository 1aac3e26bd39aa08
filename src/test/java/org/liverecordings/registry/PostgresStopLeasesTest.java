package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.STOP;
import static org.liverecordings.recording.Recordings.on;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.agroal.api.AgroalDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.liverecordings.registry.postgres.PostgresIdempotencyKeys;
import org.liverecordings.registry.postgres.PostgresLiveRecordingRepository;
import org.liverecordings.registry.postgres.PostgresStopLeases;
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

    /** As those that take leases and settle do: who locks in another order ends up waiting for one that waits for him. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsGivenBackIsLockedInTheOrderOfTargets(boolean both) {
        // Given
        StopLeases leases = leases(Mode.REGISTRY);
        UUID holder = UUID.randomUUID();
        List<RecordingTarget> inOrder = Stream.generate(
                        () -> new RecordingTarget.ById(new RecordingId(UUID.randomUUID())))
                .limit(2)
                .sorted(Comparator.comparing(PostgresStopLeasesTest::key))
                .collect(Collectors.toList());
        RecordingTarget first = inOrder.get(0);
        RecordingTarget last = inOrder.get(1);
        leases.take(holder, Set.of(last), null, LONG);
        leases.take(holder, Set.of(first), null, LONG);
        Unsettled unsettled = new Unsettled(
                holder, Set.of(), both ? Set.of(first, last) : Set.of(last), both ? Set.of() : Set.of(first), STOP);
        // When
        CompletableFuture<Void> given = whileOneLocks(first, () -> leases.giveBack(unsettled), lock(last));
        // Then
        given.join();
        assertEquals(
                Map.of(first, new Earlier(both, false), last, new Earlier(true, false)),
                leases.take(UUID.randomUUID(), inOrder, null, LONG));
    }

    /** Who takes some of them goes by their order, which a sweep doesn't. */
    @Test
    void aSweepWaitsForNobody() {
        // Given
        StopLeases leases = leases(Mode.REGISTRY);
        pass(LONG.plus(KEEP));
        leases.removeLapsed();
        RecordingTarget locked = new RecordingTarget.ById(new RecordingId(UUID.randomUUID()));
        RecordingTarget free = new RecordingTarget.ById(new RecordingId(UUID.randomUUID()));
        leases.take(UUID.randomUUID(), Set.of(locked, free), null, LONG);
        pass(LONG.plus(KEEP));
        // When
        int removed = database.inTransaction(connection -> {
            lock(locked).execute(connection);
            return CompletableFuture.supplyAsync(leases::removeLapsed, work -> new Thread(work).start())
                    .join();
        });
        // Then
        assertEquals(1, removed);
        assertEquals(1, leases.removeLapsed());
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

    /** Fails if it is locked already. */
    private static Sql lock(RecordingTarget target) {
        return Sql.of("SELECT 1 FROM stop_lease WHERE target = ? FOR UPDATE NOWAIT")
                .with(key(target));
    }

    /** What its lease calls a recording. */
    private static String key(RecordingTarget recording) {
        return "id " + ((RecordingTarget.ById) recording).id();
    }

    /**
     * Locks a lease, begins the work, and does more once the work waits for the lease.
     *
     * @return ends with the work
     */
    private static CompletableFuture<Void> whileOneLocks(RecordingTarget target, Runnable work, Sql more) {
        return database.inTransaction(connection -> {
            lock(target).execute(connection);
            CompletableFuture<Void> done = CompletableFuture.runAsync(work, made -> new Thread(made).start());
            Awaitility.await()
                    .until(() -> Sql.of("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND wait_event_type = 'Lock'")
                            .first(connection, row -> true)
                            .isPresent());
            more.execute(connection);
            return done;
        });
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
