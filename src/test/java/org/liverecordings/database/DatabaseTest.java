package org.liverecordings.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.agroal.api.AgroalDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.support.Latches;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TcpProxy;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseTest {

    private static AgroalDataSource pool;
    private static AgroalDataSource serializable;

    private final Database database = new Database(pool);

    @BeforeAll
    static void connect() {
        pool = PostgresServer.shared().migrated();
        serializable = PostgresServer.shared().migratedSerializable();
    }

    @AfterAll
    static void disconnect() {
        serializable.close();
        pool.close();
    }

    @BeforeEach
    void clear() {
        database.update(Sql.of("DELETE FROM imported_recording"));
    }

    @Test
    void idleConnectionsThatBrokeAreReplacedBeforeTheyAreUsed() throws Exception {
        PostgresServer server = PostgresServer.shared();
        try (TcpProxy network = TcpProxy.to(URI.create("tcp://127.0.0.1:" + server.port()));
                AgroalDataSource proxied = PostgresServer.pool(
                        PostgresServer.url(server.newDatabase(), network.uri().getPort()), false)) {
            Database through = new Database(proxied);
            openConnections(proxied, 5);
            network.cut();
            Thread.sleep(600);
            for (int i = 0; i < 10; i++) {
                assertEquals(1, one(through));
            }
        }
    }

    /** Each that stayed out and counted as in use would be one fewer until the process ends. */
    @Test
    void connectionsThatAreFoundBrokenLeaveRoomForOthers() throws Exception {
        PostgresServer server = PostgresServer.shared();
        try (TcpProxy network = TcpProxy.to(URI.create("tcp://127.0.0.1:" + server.port()));
                AgroalDataSource two = PostgresServer.pool(
                        PostgresServer.url(server.newDatabase(), network.uri().getPort()), false)) {
            two.getConfiguration().connectionPoolConfiguration().setMaxSize(2);
            Database through = new Database(two);
            for (int i = 0; i < 4; i++) {
                assertEquals(1, one(through));
                network.cut();
                Thread.sleep(600);
            }
            assertEquals(1, one(through));
            assertEquals(0, two.getMetrics().activeCount());
        }
    }

    @Test
    void ofIdleConnectionsThatFellSilentOneRequestWaits() throws Exception {
        PostgresServer server = PostgresServer.shared();
        try (TcpProxy network = TcpProxy.to(URI.create("tcp://127.0.0.1:" + server.port()));
                AgroalDataSource proxied = PostgresServer.pool(
                        PostgresServer.url(server.newDatabase(), network.uri().getPort())
                                + "?connectTimeout=2&loginTimeout=2&socketTimeout=2",
                        false)) {
            Database through = new Database(proxied);
            openConnections(proxied, 5);
            Thread.sleep(600);
            assertEquals(5, proxied.getMetrics().availableCount());
            network.holdReplies();
            assertThrows(StoreUnavailableException.class, () -> one(through));
            Awaitility.await().until(() -> proxied.getMetrics().availableCount() == 0);
        }
    }

    @Test
    void connectionsThatAreReadOnlyLeaveThePool() throws Exception {
        PostgresServer server = PostgresServer.shared();
        String name = server.newDatabase();
        server.migrated(name).close();
        server.readOnly(name, true);
        try (AgroalDataSource readOnly = server.pool(name)) {
            Database through = new Database(readOnly);
            openConnections(readOnly, 5);
            server.readOnly(name, false);
            StoreUnavailableException failure = assertThrows(StoreUnavailableException.class, () -> insert(through));
            assertEquals("25006", ((SQLException) failure.getCause()).getSQLState());
            Awaitility.await().ignoreExceptions().until(() -> insert(through) == 1);
            for (int i = 0; i < 10; i++) {
                assertEquals(1, insert(through));
            }
        }
    }

    @Test
    void aDatabaseIsUsableAsLongAsItCanBeWrittenTo() throws Exception {
        PostgresServer server = PostgresServer.shared();
        String name = server.newDatabase();
        server.readOnly(name, true);
        try (AgroalDataSource readOnly = server.pool(name)) {
            Database through = new Database(readOnly);
            assertEquals(1, one(through));
            assertFalse(through.isUsable());
            assertFalse(through.hasJustAnswered());
            server.readOnly(name, false);
            Awaitility.await().until(through::isUsable);
            assertTrue(through.hasJustAnswered());
        }
    }

    @Test
    void aPoolWithoutAFreeConnectionIsNoOutage() {
        String name = PostgresServer.shared().newDatabase();
        try (AgroalDataSource two = PostgresServer.shared().pool(name)) {
            two.getConfiguration().connectionPoolConfiguration().setMaxSize(2);
            two.getConfiguration().connectionPoolConfiguration().setAcquisitionTimeout(Duration.ofMillis(100));
            Database through = new Database(two);
            assertEquals(1, one(through));
            CountDownLatch allHaveOne = new CountDownLatch(3);
            CountDownLatch asked = new CountDownLatch(1);
            List<CompletableFuture<Integer>> busy = IntStream.range(0, 2)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> through.call(connection -> {
                                await(allHaveOne);
                                Latches.await(asked);
                                return Sql.of("SELECT 1")
                                        .first(connection, row -> row.getInt(1))
                                        .orElseThrow();
                            }),
                            work -> new Thread(work).start()))
                    .toList();
            await(allHaveOne);
            assertTrue(through.isUsable());
            StoreUnavailableException failure = assertThrows(StoreUnavailableException.class, () -> one(through));
            assertEquals("database: all connections are in use, waited PT0.1S", failure.getMessage());
            asked.countDown();
            busy.forEach(each -> assertEquals(1, each.join()));
            assertEquals(1, one(through));
        }
    }

    private static void openConnections(AgroalDataSource source, int number) throws SQLException {
        List<Connection> open = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            open.add(source.getConnection());
        }
        for (Connection connection : open) {
            connection.close();
        }
    }

    private static int one(Database through) {
        return through.call(connection -> Sql.of("SELECT 1 AS n")
                .first(connection, row -> row.getInt("n"))
                .orElseThrow());
    }

    @Test
    void aUnitOfWorkTakesEffectAsAWhole() {
        database.run(() -> {
            insert(database);
            insert(database);
        });
        assertEquals(2, count(database));
    }

    @Test
    void aUnitOfWorkThatThrowsLeavesNothing() {
        IllegalArgumentException failure = new IllegalArgumentException("no");
        RuntimeException thrown = assertThrows(
                RuntimeException.class,
                () -> database.run(() -> {
                    insert(database);
                    throw failure;
                }));
        assertSame(failure, thrown);
        assertEquals(0, count(database));
    }

    @Test
    void nothingOfAUnitOfWorkIsSeenBeforeItsEnd() {
        database.run(() -> {
            insert(database);
            long seenByOthers =
                    CompletableFuture.supplyAsync(() -> count(database)).join();
            assertEquals(0, seenByOthers);
        });
        assertEquals(1, count(database));
    }

    @Test
    void workOfSeveralStatementsJoinsAUnitOfWork() {
        assertThrows(
                IllegalArgumentException.class,
                () -> database.run(() -> {
                    database.inTransaction(connection -> {
                        insert(database);
                        return insert(database);
                    });
                    throw new IllegalArgumentException("no");
                }));
        assertEquals(0, count(database));
    }

    @Test
    void workThatConflictsIsRunAgain() {
        Database strict = new Database(serializable);
        AtomicInteger runs = new AtomicInteger();
        int workers = 4;
        CountDownLatch allHaveRead = new CountDownLatch(workers);
        CompletableFuture<?>[] all = IntStream.range(0, workers)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> strict.run(() -> {
                            runs.incrementAndGet();
                            count(strict);
                            await(allHaveRead);
                            insert(strict);
                        }),
                        work -> new Thread(work).start()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
        assertEquals(workers, count(strict));
        assertTrue(runs.get() > workers, () -> "runs: " + runs);
    }

    @Test
    void aStatementThatTakesTooLongIsUnavailable() {
        StoreUnavailableException failure =
                assertThrows(StoreUnavailableException.class, () -> database.update(Sql.of("SELECT pg_sleep(10)")));
        assertEquals("57014", ((SQLException) failure.getCause()).getSQLState());
    }

    @Test
    void longWorkMayTakeItsTime() {
        database.inLongTransaction(Duration.ofSeconds(20), connection -> {
            Sql.of("SELECT pg_sleep(2)").execute(connection);
            return null;
        });
        assertThrows(StoreUnavailableException.class, () -> database.update(Sql.of("SELECT pg_sleep(10)")));
    }

    @Test
    void longWorkMayTakeItsTimeToTheEnd() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        String url = server.url(server.newDatabase());
        try (AgroalDataSource patient = PostgresServer.pool(url, false)) {
            Database made = new Database(patient);
            made.call(Sql.of("CREATE TABLE slow (id int)")::update);
            made.call(Sql.of("CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN PERFORM pg_sleep(2); RETURN NULL; END'")::update);
            made.call(Sql.of("CREATE CONSTRAINT TRIGGER pause AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED"
                    + " FOR EACH ROW EXECUTE FUNCTION pause()")::update);
        }
        try (AgroalDataSource hasty = PostgresServer.pool(url + "?socketTimeout=1", false)) {
            Database slow = new Database(hasty);
            int inserted =
                    slow.inLongTransaction(Duration.ofSeconds(20), Sql.of("INSERT INTO slow (id) VALUES (1)")::update);
            assertEquals(1, inserted);
            assertEquals(1000, slow.call(Connection::getNetworkTimeout));
        }
    }

    @Test
    void aStatementThatMakesNoSenseIsABug() {
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> database.update(Sql.of("SELECT nonsense")));
        assertTrue(failure.getMessage().startsWith("database refused (42703): "), failure.getMessage());
    }

    @Test
    void aDatabaseThatIsNotThereIsUnavailableAndNotAskedAgainAtOnce() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setPortNumbers(new int[] {ServiceProcess.freePort()});
        Database away = new Database(nowhere);
        assertThrows(StoreUnavailableException.class, () -> count(away));
        StoreUnavailableException failure = assertThrows(StoreUnavailableException.class, () -> count(away));
        assertTrue(failure.getMessage().startsWith("database: still away: "), failure.getMessage());
    }

    @Test
    void anOutageIsOverOnceTheDatabaseHasAnsweredAnybody() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(PostgresServer.shared().url("postgres"));
        source.setUser("postgres");
        int port = source.getPortNumbers()[0];
        Database through = new Database(source);
        through.inTransaction(connection -> {
            source.setPortNumbers(new int[] {ServiceProcess.freePort()});
            CompletableFuture<Integer> other = CompletableFuture.supplyAsync(() -> one(through));
            assertThrows(CompletionException.class, other::join);
            source.setPortNumbers(new int[] {port});
            return null;
        });
        assertEquals(1, one(through));
    }

    @ParameterizedTest
    @CsvSource({", true", "53300, false", "08001, true", "08006, true", "57P03, true", "28P01, true"})
    void notEveryConnectionThatIsNotToBeHadTellsOfAnOutage(String state, boolean outage) {
        assertEquals(outage, SqlStates.isOutage(new SQLException("test", state)));
    }

    @Test
    void anyTextCanBeStored() {
        String stored = database.first(
                        Sql.of("SELECT CAST(? AS text) AS t").with("a\0b\uD800c"), row -> row.getString("t"))
                .orElseThrow();
        assertEquals("a\uFFFDb?c", stored);
    }

    @ParameterizedTest
    @CsvSource({
        ", true",
        "08006, true",
        "53300, true",
        "57P01, true",
        "40001, true",
        "25006, true",
        "55P03, true",
        "42P01, false",
        "23505, false",
        "22021, false"
    })
    void someFailuresPass(String state, boolean passes) {
        assertEquals(passes, SqlStates.isUnavailable(new SQLException("test", state)));
    }

    @Test
    void onlyWhatHadNoEffectIsAConflict() {
        assertTrue(SqlStates.isConflict(new SQLException("test", "40001")));
        assertTrue(SqlStates.isConflict(new SQLException("test", "40P01")));
        assertFalse(SqlStates.isConflict(new SQLException("test", "40003")));
        assertFalse(SqlStates.isConflict(new SQLException("test", "08006")));
        assertFalse(SqlStates.isConflict(new SQLException("test")));
    }

    private static void await(CountDownLatch latch) {
        latch.countDown();
        Latches.await(latch);
    }

    private static int insert(Database database) {
        Sql insert = Sql.of("INSERT INTO imported_recording (id) VALUES (?)").with(UUID.randomUUID());
        return database.update(insert);
    }

    private static long count(Database database) {
        return database.first(Sql.of("SELECT count(*) AS n FROM imported_recording"), row -> row.getLong("n"))
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "?prepareThreshold=0, 0"})
    void aSessionOfOnesOwnKeepsWhatIsAskedAgainAndAgainPrepared(String parameter, int expected) {
        String url = PostgresServer.shared().url(PostgresServer.shared().newDatabase());
        try (AgroalDataSource one = PostgresServer.pool(url + parameter, false)) {
            Database through = new Database(one);

            for (int i = 0; i < 6; i++) {
                one(through);
            }

            int prepared = through.call(connection -> Sql.of(
                            "SELECT count(*) AS n FROM pg_prepared_statements WHERE statement = 'SELECT 1 AS n'")
                    .first(connection, row -> row.getInt("n"))
                    .orElseThrow());
            assertEquals(expected, prepared);
        }
    }

    @Test
    void whatIsKeptPreparedIsPlannedOnce() {
        try (AgroalDataSource one = PostgresServer.pool(
                PostgresServer.shared().url(PostgresServer.shared().newDatabase()), false)) {
            Database through = new Database(one);
            Sql search = Sql.of("SELECT relname FROM pg_class WHERE relname = ANY (?)")
                    .with((Object) new String[] {"pg_class"});

            for (int i = 0; i < 20; i++) {
                through.call(connection -> search.list(connection, row -> row.getString("relname")));
            }

            String plans =
                    through.call(connection -> Sql.of("SELECT custom_plans || ' of ' || (custom_plans + generic_plans)"
                                    + " AS plans FROM pg_prepared_statements WHERE statement LIKE '%pg_class%'")
                            .first(connection, row -> row.getString("plans"))
                            .orElseThrow());
            assertEquals("0 of 16", plans);
        }
    }
}
