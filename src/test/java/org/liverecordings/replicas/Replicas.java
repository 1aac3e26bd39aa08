package org.liverecordings.replicas;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.agroal.api.AgroalDataSource;
import org.awaitility.Awaitility;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.registry.postgres.PostgresLiveRecordingRepository;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** Several instances of the packaged service on one database, and what a test asks of it beside them. */
final class Replicas implements AutoCloseable {

    static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";
    static final String DEVICE = "SEP000000000001";

    private final String name;
    private final String url;
    private final AgroalDataSource pool;
    private final Database database;

    Replicas(PostgresServer server) {
        this(server.newDatabase(), server::url);
    }

    /** On a database without tables, which gets them. */
    Replicas(String name, UnaryOperator<String> url) {
        this(name, url.apply(name), PostgresServer.migratedAt(url.apply(name)));
        addLine();
    }

    private Replicas(String name, String url, AgroalDataSource pool) {
        this.name = name;
        this.url = url;
        this.pool = pool;
        this.database = new Database(pool);
    }

    /** On a database without tables, which one of them is to make. */
    static Replicas onEmptyDatabase(PostgresServer server) {
        String name = server.newDatabase();
        return new Replicas(name, server.url(name), server.pool(name));
    }

    private void addLine() {
        update("INSERT INTO line (device_key, directory_number, device_name, username, user_key, tapi_monitorable,"
                + " automatic_recording) VALUES (LOWER('" + DEVICE + "'), '101', '" + DEVICE
                + "', 'alice', 'alice', TRUE, FALSE)");
    }

    /** Settings of a replica with the recorder {@code embedded}, to which the database is the truth. */
    Map<String, String> embedded() {
        return settings(url);
    }

    /** The same, with the database behind a proxy. */
    Map<String, String> embedded(URI proxy) {
        return settings(PostgresServer.url(name, proxy.getPort()));
    }

    /** The same, with the database at this address. */
    static Map<String, String> settings(String url) {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.putAll(PostgresServer.settings(url));
        settings.put("LIVE_RECORDINGS_GUARD_DEADLINE", "2s");
        settings.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "2s");
        return settings;
    }

    /** Settings of a replica in front of a suite. */
    Map<String, String> imagicle(URI suite) {
        Map<String, String> settings = embedded();
        settings.put("LIVE_RECORDINGS_RECORDER", "imagicle");
        settings.put("LIVE_RECORDINGS_IMAGICLE_URL", suite.toString());
        settings.put("LIVE_RECORDINGS_IMAGICLE_USERNAME", "service");
        settings.put("LIVE_RECORDINGS_IMAGICLE_PASSWORD", "secret");
        settings.put("LIVE_RECORDINGS_GUARD_BREAKER_WINDOW", "10000");
        return settings;
    }

    String database() {
        return name;
    }

    AgroalDataSource pool() {
        return pool;
    }

    /** Begins a recording of which the database is the only truth. */
    UUID record() {
        UUID id = UUID.randomUUID();
        new PostgresLiveRecordingRepository(database)
                .addAll(List.of(new LiveRecording(
                        new RecordingId(id),
                        DeviceName.of(DEVICE),
                        DirectoryNumber.of("101"),
                        RecordingMode.MEDIA_FORKING,
                        RecordingOrigin.MANUAL,
                        Instant.now(),
                        RecordingStatus.RECORDING)));
        return id;
    }

    boolean isRegistered(UUID id) {
        return count("SELECT count(*) AS n FROM live_recording WHERE id = ?", id) == 1;
    }

    /** How often the trail says that this recording's stop was confirmed. */
    long confirmations(UUID id) {
        return count("SELECT count(*) AS n FROM audit_confirmation WHERE recording_id = ?", id);
    }

    long count(String sql, Object... parameters) {
        return database.first(Sql.of(sql).with(parameters), row -> row.getLong("n"))
                .orElseThrow();
    }

    String text(String sql) {
        return database.first(Sql.of(sql), row -> row.getString("t")).orElseThrow();
    }

    int update(String sql, Object... parameters) {
        return database.update(Sql.of(sql).with(parameters));
    }

    /** From now on, a transaction that adds to this table takes a while to commit. */
    void slowCommitsOf(String table) {
        commitsOf(table, "pg_sleep(1)");
    }

    /** From now on, a transaction that adds to this table calls this function as it commits. */
    void commitsOf(String table, String function) {
        update("CREATE FUNCTION as_it_commits() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM " + function
                + "; RETURN NULL; END $$");
        update("CREATE CONSTRAINT TRIGGER as_it_commits AFTER INSERT ON " + table
                + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION as_it_commits()");
    }

    void awaitSlowCommit() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> count("SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                                + " AND datname = current_database()")
                        == 1);
    }

    void commitsAsUsual() {
        update("DROP FUNCTION as_it_commits() CASCADE");
    }

    /** Waits until as many sessions as that wait for a lock. */
    void awaitBlocked(int sessions) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> count("SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND datname = current_database()")
                        >= sessions);
    }

    /** Does the work while what the statement selects or names is locked. */
    <T> T whileLocked(Sql sql, Supplier<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                sql.execute(connection);
                return work.get();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Answer stop(ServiceProcess service, UUID id) {
        return stop(service, "/" + id);
    }

    /**
     * @param named what comes after the API's path
     */
    static Answer stop(ServiceProcess service, String named) {
        return RawHttp.delete(service.uri(), API + named, TestTokens.complete());
    }

    /** The status, or 0 if no answer came. */
    static CompletableFuture<Integer> stopLater(ServiceProcess service, UUID id) {
        return stopLater(service, "/" + id);
    }

    /** As {@link #stopLater(ServiceProcess, UUID)}. */
    static CompletableFuture<Integer> stopLater(ServiceProcess service, String named) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread client = new Thread(() -> {
            try {
                status.complete(stop(service, named).status());
            } catch (RuntimeException e) {
                status.complete(0);
            }
        });
        client.setDaemon(true);
        client.start();
        return status;
    }

    /** Repeats a stop as the documentation says, until it is known what became of it. */
    static int stopUntilKnown(ServiceProcess service, UUID id) {
        return stopUntilKnown(service, "/" + id);
    }

    /** As {@link #stopUntilKnown(ServiceProcess, UUID)}. */
    static int stopUntilKnown(ServiceProcess service, String named) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            int status = stop(service, named).status();
            if (status != 503 && status != 504) {
                return status;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still " + status);
            }
        }
    }

    /**
     * The statuses that clients get in the end which all stop this at the same moment, on one replica after the other.
     *
     * @param named the ways in which it is named, used one after the other as well
     */
    static List<Integer> stopAtOnce(List<ServiceProcess> services, int clients, String... named) {
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            ServiceProcess service = services.get(i % services.size());
            String name = named[i % named.length];
            CompletableFuture<Integer> status = new CompletableFuture<>();
            Thread client = new Thread(() -> {
                try {
                    go.await();
                    status.complete(stopUntilKnown(service, name));
                } catch (InterruptedException | RuntimeException e) {
                    status.completeExceptionally(e);
                }
            });
            client.setDaemon(true);
            client.start();
            answers.add(status);
        }
        go.countDown();
        return answers.stream().map(CompletableFuture::join).sorted().toList();
    }

    @Override
    public void close() {
        pool.close();
    }
}
