package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;

/** A replica that starts while its database is away. */
class LateDatabaseIT {

    private static final String WAITING = "waiting for the database try=";

    private static final String GAVE_UP =
            "(?s).*the database isn't ready, tries=[2-4] \\(live-recordings\\.database\\.start-timeout=PT2S\\): Connection to .*";

    @TempDir
    static Path directory;

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void itStartsAsSoonAsTheDatabaseIsThere() throws IOException {
        Map<String, String> settings = settings();
        Path lines = Files.writeString(directory.resolve("lines.csv"), Replicas.DEVICE + ",101,alice,true,false\n");
        Path recordings = Files.writeString(
                directory.resolve("recordings.csv"),
                UUID.randomUUID() + "," + Replicas.DEVICE + ",101,media-forking,manual\n");
        settings.put("LIVE_RECORDINGS_LINES_FILE", lines.toString());
        settings.put("LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE", recordings.toString());
        settings.put("LIVE_RECORDINGS_DATABASE_START_TIMEOUT", "2m");
        server.stop();
        try (ServiceProcess service = launch(settings)) {
            awaitLog(service, WAITING + 2);

            server.startAgain();

            Awaitility.await().atMost(Duration.ofSeconds(90)).until(service::isReady);
            assertTrue(service.log().contains("migrated database steps=" + PostgresServer.MIGRATIONS), service::log);
            assertTrue(service.log().contains("imported lines=1 added=1 "), service::log);
            assertTrue(service.log().contains("loaded recordings=1 new=1 "), service::log);
        }
    }

    @Test
    void theSchemaIsMadeAsSoonAsTheDatabaseIsThere() {
        Map<String, String> settings = settings();
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", "only");
        settings.put("LIVE_RECORDINGS_DATABASE_START_TIMEOUT", "2m");
        server.stop();
        try (ServiceProcess once = launch(settings)) {
            awaitLog(once, WAITING + 1);

            server.startAgain();

            assertEquals(0, once.awaitExit(), once::log);
            assertTrue(once.log().contains("migrated database steps=" + PostgresServer.MIGRATIONS), once::log);
        }
    }

    /** As in the cluster: Deployment and Job are applied at the same time. */
    @Test
    void aReplicaThatLeavesTheSchemaAloneStartsAsSoonAsAnotherProcessHasMadeIt() {
        Map<String, String> settings = settings();
        settings.put("LIVE_RECORDINGS_DATABASE_START_TIMEOUT", "2m");
        Map<String, String> replica = new HashMap<>(settings);
        replica.put("LIVE_RECORDINGS_DATABASE_MIGRATE", "never");
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", "only");
        try (ServiceProcess service = launch(replica)) {
            awaitLog(service, WAITING + "1 cause=\"its schema isn't at version ");
            assertFalse(service.isReady());

            try (ServiceProcess job = launch(settings)) {
                assertEquals(0, job.awaitExit(), job::log);
            }

            Awaitility.await().atMost(Duration.ofSeconds(90)).until(service::isReady);
        }
    }

    @Test
    void aReplicaWhoseSchemaNobodyMakesEndsAndSaysWhy() {
        Map<String, String> settings = settings();
        settings.put("LIVE_RECORDINGS_DATABASE_START_TIMEOUT", "2s");
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", "never");
        try (ServiceProcess service = launch(settings)) {

            int exitCode = service.awaitExit();

            assertEquals(1, exitCode, service::log);
            assertTrue(
                    service.log()
                            .matches("(?s).*the database isn't ready, tries=.* yet, see"
                                    + " live-recordings\\.database\\.migrate\n.*"),
                    service::log);
            assertFalse(service.log().contains("\tat "), service::log);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-start", "only", "never"})
    void ifTheDatabaseStaysAwayItEndsAndSaysWhy(String migrate) {
        Map<String, String> settings = settings();
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", migrate);
        settings.put("LIVE_RECORDINGS_DATABASE_START_TIMEOUT", "2s");
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", PostgresServer.url("nowhere", ServiceProcess.freePort()));
        try (ServiceProcess service = launch(settings)) {

            int exitCode = service.awaitExit();

            assertEquals(1, exitCode, service::log);
            assertTrue(service.log().contains(WAITING + "1 cause=\"Connection to 127.0.0.1:"), service::log);
            assertTrue(service.log().matches(GAVE_UP), service::log);
            assertFalse(service.log().contains("\tat "), service::log);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-start", "never"})
    void aWrongPasswordEndsItAtOnce(String migrate) throws IOException {
        String database = server.newDatabase();
        Map<String, String> settings = settings(database);
        try (var pool = server.pool(database);
                var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + database + " LOGIN PASSWORD 'right'");
            Path rules;
            try (var rows = statement.executeQuery("SHOW hba_file")) {
                rows.next();
                rules = Path.of(rows.getString(1));
            }
            Files.writeString(
                    rules, "host all " + database + " 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
            statement.execute("SELECT pg_reload_conf()");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", migrate);
        settings.put("QUARKUS_DATASOURCE_USERNAME", database);
        settings.put("QUARKUS_DATASOURCE_PASSWORD", "wrong");
        try (ServiceProcess service = launch(settings)) {

            int exitCode = service.awaitExit();

            assertEquals(1, exitCode, service::log);
            assertTrue(service.log().contains("password authentication failed for user"), service::log);
            assertFalse(service.log().contains(WAITING), service::log);
        }
    }

    @Test
    void whoeverWaitsCanBeEnded() {
        Map<String, String> settings = settings();
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", PostgresServer.url("nowhere", ServiceProcess.freePort()));
        settings.put("LIVE_RECORDINGS_DATABASE_START_TIMEOUT", "5m");
        try (ServiceProcess service = launch(settings)) {
            awaitLog(service, WAITING);

            service.terminate();

            service.awaitExit();
            assertFalse(service.log().contains("the database isn't ready"), service::log);
        }
    }

    private static Map<String, String> settings() {
        return settings(server.newDatabase());
    }

    private static Map<String, String> settings(String database) {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.putAll(PostgresServer.settings(server.url(database)));
        return settings;
    }

    private static ServiceProcess launch(Map<String, String> settings) {
        return ServiceProcess.launch(ServiceProcess.freePort(), settings);
    }

    private static void awaitLog(ServiceProcess service, String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> service.log().contains(text));
    }
}
