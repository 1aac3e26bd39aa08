package org.liverecordings.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.support.PostgresServer;

/** Commits that wait for a synchronous standby that is away, until somebody ends their wait. */
class UnsafeCommitTest {

    private static final String CANCELLED = "canceling wait for synchronous replication due to user request";

    private static PostgresServer server;
    private static AgroalDataSource pool;

    private final Database database = new Database(pool);
    private final AtomicBoolean committed = new AtomicBoolean();

    @BeforeAll
    static void start() {
        server = PostgresServer.startWithoutStandby();
        pool = server.migrated();
    }

    @AfterAll
    static void stop() {
        pool.close();
        server.close();
    }

    @BeforeEach
    void clear() {
        database.update(Sql.of("DELETE FROM imported_recording"));
    }

    @Test
    void aTransactionWhoseWaitIsCancelledIsOfUnknownOutcome() {
        StoreUnavailableException failure = whileEnding(
                "pg_cancel_backend",
                () -> database.run(() -> {
                    insert();
                    database.onceCommitted(() -> committed.set(true));
                }));
        assertEquals("database: " + CANCELLED, failure.getMessage());
        assertFalse(committed.get());
        assertEquals(1, count());
    }

    @Test
    void aStatementOfItsOwnWhoseWaitIsCancelledIsOfUnknownOutcome() {
        StoreUnavailableException failure = whileEnding("pg_cancel_backend", this::insert);
        assertEquals("database: " + CANCELLED, failure.getMessage());
        assertEquals(1, count());
    }

    @Test
    void aTransactionWhoseSessionIsEndedIsOfUnknownOutcome() {
        whileEnding("pg_terminate_backend", () -> database.run(this::insert));
        assertEquals(1, count());
    }

    @Test
    void aLongTransactionWhoseWaitIsCancelledIsOfUnknownOutcome() {
        StoreUnavailableException failure = whileEnding(
                "pg_cancel_backend",
                () -> database.inLongTransaction(Duration.ofSeconds(20), connection -> {
                    insertOn(connection);
                    return null;
                }));
        assertEquals("database: " + CANCELLED, failure.getMessage());
    }

    @Test
    void theNextCommitIsNotTakenForTheOneThatWasWarned() {
        whileEnding("pg_cancel_backend", () -> database.run(this::insert));
        database.run(() -> database.update(Sql.of("DELETE FROM imported_recording")));
        assertEquals(0, count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOTICE", "INFO"})
    void whatIsOnlyANoticeIsNoWarning(String level) {
        int done = database.call(connection -> {
            Sql.of("DO $$ BEGIN RAISE " + level + " 'by the way'; END $$").execute(connection);
            return 1;
        });
        assertEquals(1, done);
    }

    private static StoreUnavailableException whileEnding(String function, Runnable work) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(work, task -> new Thread(task).start());
        server.endWaitForStandby(function);
        CompletionException thrown = assertThrows(CompletionException.class, done::join);
        assertTrue(thrown.getCause() instanceof StoreUnavailableException, () -> String.valueOf(thrown.getCause()));
        return (StoreUnavailableException) thrown.getCause();
    }

    private void insert() {
        database.call(connection -> {
            insertOn(connection);
            return null;
        });
    }

    private static void insertOn(Connection connection) throws SQLException {
        Sql.of("INSERT INTO imported_recording (id) SELECT ? FROM (SELECT " + PostgresServer.WAIT_FOR_STANDBY + ") s")
                .with(UUID.randomUUID())
                .update(connection);
    }

    private long count() {
        return database.first(Sql.of("SELECT count(*) AS n FROM imported_recording"), row -> row.getLong("n"))
                .orElseThrow();
    }
}
