package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.database.Sql;
import org.liverecordings.support.Pause;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/**
 * Three replicas on one database, asked at the same moment by clients that repeat a stop until it is known what became of it, as the
 * documentation says.
 */
class SimultaneousIT {

    private static final int CLIENTS = 24;
    private static final int ROUNDS = 20;

    @TempDir
    static Path directory;

    private static Replicas replicas;
    private static Upstream upstream;
    private static List<ServiceProcess> embedded;
    private static List<ServiceProcess> imagicle;

    @BeforeAll
    static void start() throws IOException {
        replicas = new Replicas(PostgresServer.shared());
        upstream = Upstream.start(directory);
        Files.writeString(directory.resolve("lines.csv"), Replicas.DEVICE + ",101,alice,true,false\n");
        Map<String, String> settings = replicas.embedded();
        settings.put("LIVE_RECORDINGS_RECONCILER_INTERVAL", "500ms");
        embedded = new ArrayList<>();
        embedded.add(ServiceProcess.start(settings));
        embedded.add(ServiceProcess.start(settings));
        settings.put(
                "LIVE_RECORDINGS_LINES_FILE", directory.resolve("lines.csv").toString());
        settings.put("LIVE_RECORDINGS_LINES_REFRESH", "500ms");
        embedded.add(ServiceProcess.start(settings));
        imagicle = List.of(
                ServiceProcess.start(replicas.imagicle(upstream.uri())),
                ServiceProcess.start(replicas.imagicle(upstream.uri())));
        // The first password takes the longest.
        imagicle.forEach(service -> Awaitility.await()
                .until(() -> Replicas.stop(service, UUID.randomUUID()).status() == 409));
    }

    @AfterAll
    static void stop() {
        imagicle.forEach(ServiceProcess::close);
        embedded.forEach(ServiceProcess::close);
        upstream.close();
        replicas.close();
    }

    @Test
    void ofSimultaneousStopsOneIsConfirmed() {
        for (int round = 0; round < ROUNDS; round++) {
            UUID id = replicas.record();
            assertEquals(oneOf(204, 409, CLIENTS), Replicas.stopAtOnce(embedded, CLIENTS, "/" + id));
            assertFalse(replicas.isRegistered(id));
            assertConfirmed(id);
        }
        assertNoDeadlock();
    }

    /** More than once if a replica couldn't tell what it had confirmed, so that another one confirmed and told it. */
    private static void assertConfirmed(UUID id) {
        assertTrue(replicas.confirmations(id) >= 1);
    }

    /** The database counts them, and tells about a second later. */
    private static void assertNoDeadlock() {
        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        replicas.count("SELECT deadlocks AS n FROM pg_stat_database WHERE datname = current_database()")
                                == 0);
    }

    @Test
    void howeverItIsNamedOneIsConfirmed() {
        for (int round = 0; round < ROUNDS; round++) {
            UUID id = replicas.record();
            List<Integer> statuses = Replicas.stopAtOnce(
                    embedded, CLIENTS, "/" + id, "?deviceName=" + Replicas.DEVICE, "?directoryNumber=101", "/Mine");
            assertEquals(oneOf(204, 409, CLIENTS), statuses);
            assertConfirmed(id);
        }
        assertNoDeadlock();
    }

    @Test
    void ofSimultaneousStopsInFrontOfASuiteOneIsConfirmed() {
        for (int round = 0; round < ROUNDS; round++) {
            UUID id = upstream.record();
            assertEquals(oneOf(204, 409, CLIENTS), Replicas.stopAtOnce(imagicle, CLIENTS, "/" + id));
            assertFalse(upstream.isRecording(id));
            assertConfirmed(id);
        }
        assertNoDeadlock();
    }

    @Test
    void ofSimultaneousStartsOnOneLineOneSucceeds() {
        for (int round = 0; round < ROUNDS; round++) {
            replicas.update("DELETE FROM live_recording");
            List<CompletableFuture<Integer>> starts = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                ServiceProcess service = embedded.get(i % embedded.size());
                starts.add(CompletableFuture.supplyAsync(() -> start(service), thread -> new Thread(thread).start()));
            }
            List<Integer> statuses =
                    starts.stream().map(CompletableFuture::join).sorted().toList();
            assertEquals(oneOf(201, 429, CLIENTS), statuses);
            assertEquals(1, replicas.count("SELECT count(*) AS n FROM live_recording"));
        }
        replicas.update("DELETE FROM live_recording");
    }

    private static int start(ServiceProcess service) {
        return RawHttp.sendBody(
                        service.uri(),
                        "POST",
                        Replicas.API,
                        "{\"directoryNumber\":\"101\"}",
                        "Authorization: Bearer " + TestTokens.complete())
                .status();
    }

    @Test
    void whatALineAllowsChangesOnEveryReplica() throws IOException {
        UUID id = replicas.record();
        changeLine("false,false");
        awaitMonitorable(false);
        assertEquals(notMonitorable(), Replicas.stop(embedded.get(0), id).body());
        assertEquals(notMonitorable(), Replicas.stop(embedded.get(1), id).body());

        changeLine("true,maybe");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> embedded.get(2).log().contains("kept the lines because of a bad file"));
        assertEquals(notMonitorable(), Replicas.stop(embedded.get(1), id).body());

        changeLine("true,false");
        awaitMonitorable(true);
        assertEquals(204, Replicas.stop(embedded.get(0), id).status());
    }

    private static void changeLine(String flags) throws IOException {
        Files.writeString(directory.resolve("lines.csv"), Replicas.DEVICE + ",101,alice," + flags + "\n");
    }

    private static void awaitMonitorable(boolean monitorable) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        replicas.count("SELECT count(*) AS n FROM line WHERE tapi_monitorable = ?", monitorable) == 1);
    }

    private static String notMonitorable() {
        return "{\"reason\":1,\"deviceName\":\"" + Replicas.DEVICE + "\"}";
    }

    @Test
    void aStartWhoseReplicaDiedDisappears() {
        UUID id = replicas.record();
        replicas.update(
                "UPDATE live_recording SET status = 'START_PENDING', started_at = now() - INTERVAL '2 minutes' WHERE id = ?",
                id);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !replicas.isRegistered(id));
        List<ServiceProcess> onDuty = embedded.stream()
                .filter(service -> service.log().contains("reconciled recording=" + id + " change=start-failed"))
                .toList();
        assertEquals(1, onDuty.size());
    }

    @Test
    void aReplicaThatTakesTheReconcilersPlaceGoesOn() {
        Map<String, String> settings = replicas.embedded();
        settings.put("LIVE_RECORDINGS_RECONCILER_INTERVAL", "500ms");
        String holder = holder();
        ServiceProcess onDuty = embedded.stream()
                .filter(service -> holder.startsWith("pid-" + service.pid() + " "))
                .findFirst()
                .orElseThrow();
        onDuty.signal("STOP");
        try {
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !holder().equals(holder));
        } finally {
            onDuty.signal("CONT");
        }
    }

    private static String holder() {
        return replicas.text("SELECT holder AS t FROM duty WHERE name = 'reconciler'");
    }

    @Test
    void whatWasStoppedDoesntComeBackWithAReplicaThatReadsTheSameFile() throws IOException {
        UUID stopped = UUID.randomUUID();
        UUID stays = UUID.randomUUID();
        Path file = Files.writeString(
                directory.resolve("recordings.csv"),
                stopped + "," + Replicas.DEVICE + ",101,media-forking,manual\n" + stays + "," + Replicas.DEVICE
                        + ",101,media-forking,manual\n");
        Map<String, String> settings = replicas.embedded();
        settings.put("LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE", file.toString());
        try (ServiceProcess first = ServiceProcess.start(settings)) {
            assertEquals(204, Replicas.stop(first, stopped).status());
        }
        try (ServiceProcess second = ServiceProcess.start(settings)) {
            assertEquals(409, Replicas.stop(second, stopped).status());
            assertEquals(204, Replicas.stop(second, stays).status());
        }
    }

    @Test
    void theSchemaCanBeMadeByAProcessThatDoesNothingElse() {
        String database = PostgresServer.shared().newDatabase();
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.putAll(PostgresServer.settings(PostgresServer.shared().url(database)));
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", "only");
        try (ServiceProcess once = ServiceProcess.launch(ServiceProcess.freePort(), settings)) {
            assertEquals(0, once.awaitExit(), once::log);
        }
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", "never");
        try (ServiceProcess replica = ServiceProcess.start(settings)) {
            assertTrue(replica.log().contains("the database's schema is left as it is"), replica::log);
        }
    }

    @Test
    void migrationMayTakeLongerThanARequest() {
        Sql history = Sql.of("LOCK TABLE flyway_schema_history IN ACCESS EXCLUSIVE MODE");
        try (ServiceProcess replica = ServiceProcess.launch(ServiceProcess.freePort(), replicas.embedded())) {
            replicas.whileLocked(history, () -> {
                replicas.awaitBlocked(1);
                Pause.of(Duration.ofSeconds(3));
                return null;
            });
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> replica.log().contains("migrated database steps=0"));
            assertFalse(replica.log().contains("waiting for the database"), replica::log);
        }
    }

    @Test
    void withoutItsSchemaAReplicaDoesntStartAndSaysWhy() {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.putAll(PostgresServer.settings(
                PostgresServer.shared().url(PostgresServer.shared().newDatabase())));
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", "never");
        settings.put("LIVE_RECORDINGS_DATABASE_START_TIMEOUT", "2s");
        try (ServiceProcess replica = ServiceProcess.launch(ServiceProcess.freePort(), settings)) {
            assertEquals(1, replica.awaitExit(), replica::log);
            assertTrue(
                    replica.log()
                            .contains("its schema isn't at version " + PostgresServer.MIGRATIONS
                                    + " yet, see live-recordings.database.migrate"),
                    replica::log);
        }
    }

    @Test
    void replicasThatStartAtOnceMakeTheSchemaOnce() {
        try (Replicas empty = Replicas.onEmptyDatabase(PostgresServer.shared())) {
            Map<String, String> settings = empty.embedded();
            List<CompletableFuture<ServiceProcess>> starting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                starting.add(CompletableFuture.supplyAsync(
                        () -> ServiceProcess.start(settings), thread -> new Thread(thread).start()));
            }
            List<ServiceProcess> started =
                    starting.stream().map(CompletableFuture::join).toList();
            started.forEach(ServiceProcess::close);
            // Which of them made it is no matter: one lets another one in after each step.
            assertEquals(PostgresServer.MIGRATIONS, empty.count("SELECT count(*) AS n FROM flyway_schema_history"));
            assertEquals(
                    PostgresServer.MIGRATIONS,
                    empty.count("SELECT count(DISTINCT version) AS n FROM flyway_schema_history WHERE success"));
        }
    }

    @Test
    void entriesOfTheTrailThatAreOldEnoughGo() {
        Map<String, String> settings = replicas.embedded();
        settings.put("LIVE_RECORDINGS_AUDIT_RETENTION", "1h");
        settings.put("LIVE_RECORDINGS_AUDIT_SWEEP_INTERVAL", "500ms");
        try (ServiceProcess service = ServiceProcess.start(settings)) {
            Replicas.stop(service, replicas.record());
            replicas.update("UPDATE audit_entry SET asked_at = asked_at - INTERVAL '61 minutes'");
            UUID recent = replicas.record();
            Replicas.stop(service, recent);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> replicas.count("SELECT count(*) AS n FROM audit_entry") == 1);
            assertEquals(1, replicas.count("SELECT count(*) AS n FROM audit_confirmation"));
            assertEquals(1, replicas.count("SELECT count(*) AS n FROM audit_end"));
            assertEquals(1, replicas.confirmations(recent));
            assertTrue(service.log().contains("removed auditEntries="), service::log);
        }
    }

    private static List<Integer> oneOf(int one, int others, int clients) {
        List<Integer> statuses = new ArrayList<>(Collections.nCopies(clients - 1, others));
        statuses.add(0, one);
        return statuses;
    }
}
