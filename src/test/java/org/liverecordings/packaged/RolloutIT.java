package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.agroal.api.AgroalDataSource;
import io.quarkus.elytron.security.common.BcryptUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.support.FakeIssuer;
import org.liverecordings.support.Nginx;
import org.liverecordings.support.Pause;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.Recipe;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/**
 * Two replicas behind nginx are replaced one after the other under load, as docs/upgrading.md says, with another key, other passwords and
 * other users, on a schema that is newer than they know. The test plays the part of Kubernetes: a replica that isn't ready is taken out,
 * one that is gets in.
 */
class RolloutIT {

    private static final int ENDED_BY_SIGTERM = 128 + 15;

    private final KeyPair oldKey = TestTokens.otherKeys(0);
    private final KeyPair newKey = TestTokens.otherKeys(1);
    private final Set<String> acceptedBySuite = ConcurrentHashMap.newKeySet();
    private final AtomicInteger stops = new AtomicInteger();

    @TempDir
    Path files;

    private PostgresServer server;
    private String database;
    private AgroalDataSource pool;
    private HttpStub suite;
    private volatile String token;
    private volatile String basic;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Nginx.program().isPresent(), "RolloutIT is left out: nginx isn't installed");
        server = PostgresServer.startWithPasswords();
        database = server.newDatabase();
        pool = server.migrated(database);
        execute("CREATE ROLE live_recordings_1 LOGIN PASSWORD 'one'", Recipe.of("upgrading.md", "once.sql"));
        suite = HttpStub.start(exchange -> {
            String credentials = exchange.getRequestHeaders().getFirst("Authorization");
            stops.incrementAndGet();
            // Long enough for some requests to be in flight at any time.
            Pause.ofMillis(20);
            HttpStub.status(exchange, acceptedBySuite.contains(credentials) ? 204 : 401);
        });
        write("keys.json", jwks(FakeIssuer.jwk("old", oldKey)));
        write("users", user("desk", "old"));
        acceptedBySuite.add(basic("live_recordings_1", "one"));
        token = token("old", oldKey);
        basic = basic("desk", "old");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            suite.close();
            pool.close();
            server.close();
        }
    }

    @Test
    void replicasAndAllTheirSecretsAreReplacedWithoutAFailedRequest() throws Exception {
        Optional<Path> program = Nginx.program();
        try (ServiceProcess first = ServiceProcess.start(settings("live_recordings_1", "one"));
                ServiceProcess second = ServiceProcess.start(settings("live_recordings_1", "one"));
                Nginx nginx = Nginx.start(program.orElseThrow(), "/fw/", first, second)) {
            StopLoad load = new StopLoad(nginx.uri(), List.of(() -> "Bearer " + token, () -> basic));

            load.awaitAnswers(200);
            migrateToANewerVersion();
            execute(Recipe.of("upgrading.md", "before.sql"));
            acceptedBySuite.add(basic("live_recordings_2", "another"));
            write("keys.json", jwks(FakeIssuer.jwk("old", oldKey), FakeIssuer.jwk("new", newKey)));
            write("users", user("desk", "old") + user("desk-2", "new"));
            end(first, () -> nginx.spreadOver(second));
            try (ServiceProcess newFirst = ServiceProcess.start(settings("live_recordings_2", "another"))) {
                nginx.spreadOver(newFirst, second);
                load.awaitAnswers(200);
                awaitLog(second, "loaded users=2");
                basic = basic("desk-2", "new");
                load.awaitAnswers(200);
                write("users", user("desk-2", "new"));
                awaitLog(second, "loaded users=1");
                end(second, () -> nginx.spreadOver(newFirst));
                try (ServiceProcess newSecond = ServiceProcess.start(settings("live_recordings_2", "another"))) {
                    nginx.spreadOver(newFirst, newSecond);
                    token = token("new", newKey);
                    acceptedBySuite.remove(basic("live_recordings_1", "one"));
                    assertEquals(0, sessionsOf("live_recordings_1"));
                    execute(Recipe.of("upgrading.md", "after.sql"));
                    load.awaitAnswers(200);
                    int answered = load.end();

                    assertEquals(Map.of("204", answered), load.outcomes(), newFirst::log);
                    assertEquals(answered, stops.get(), "each stop reached the recorder once");
                }
            }
        }
    }

    /** With a user of that name at the database and at the suite. */
    private Map<String, String> settings(String user, String password) throws IOException {
        Map<String, String> settings = new HashMap<>(PostgresServer.settings(server.url(database)));
        settings.remove("QUARKUS_DATASOURCE_PASSWORD");
        settings.put("QUARKUS_DATASOURCE_USERNAME", user);
        settings.put("QUARKUS_DATASOURCE_PASSWORD_FILE", write("database-" + user, password));
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", "never");
        settings.put("MP_JWT_VERIFY_ISSUER", TestTokens.ISSUER);
        settings.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", files.resolve("keys.json").toString());
        settings.put("LIVE_RECORDINGS_BASIC_USERS_FILE", files.resolve("users").toString());
        settings.put("LIVE_RECORDINGS_BASIC_USERS_REFRESH", "1s");
        settings.put("LIVE_RECORDINGS_RECORDER", "imagicle");
        settings.put("LIVE_RECORDINGS_IMAGICLE_URL", suite.uri().toString());
        settings.put("LIVE_RECORDINGS_IMAGICLE_USERNAME", user);
        settings.put("LIVE_RECORDINGS_IMAGICLE_PASSWORD_FILE", write("suite-" + user, password));
        // A second try would hide a first one that was cut off; and a slow machine may take its time.
        settings.put("LIVE_RECORDINGS_GUARD_RETRIES", "0");
        settings.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "10s");
        settings.put("LIVE_RECORDINGS_GUARD_DEADLINE", "10s");
        settings.put("QUARKUS_SHUTDOWN_DELAY", "2s");
        return settings;
    }

    /** Its columns and its entry in the history; the version that knows what they are for isn't there yet, or isn't any more. */
    private void migrateToANewerVersion() {
        execute(
                "ALTER TABLE live_recording ADD COLUMN of_a_newer_version text",
                "ALTER TABLE stop_lease ADD COLUMN of_a_newer_version text NOT NULL DEFAULT 'none'",
                PostgresServer.NEWER_MIGRATION);
    }

    private static void end(ServiceProcess replica, Runnable takeOut) {
        replica.terminate();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !replica.isReady());
        takeOut.run();
        assertEquals(ENDED_BY_SIGTERM, replica.awaitExit(), replica::log);
    }

    private static void awaitLog(ServiceProcess replica, String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> replica.log().contains(text));
    }

    private static String token(String kid, KeyPair key) {
        return TestTokens.claims("alice", "call-recording-lv10")
                .jws()
                .keyId(kid)
                .sign(key.getPrivate());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String user(String name, String password) {
        return name + ":" + BcryptUtil.bcryptHash(password, 4) + ":10\n";
    }

    private static String jwks(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    /** In one step, as Kubernetes does it. */
    private String write(String name, String content) throws IOException {
        Path whole = Files.writeString(files.resolve(name + ".whole"), content);
        return Files.move(whole, files.resolve(name), StandardCopyOption.ATOMIC_MOVE)
                .toString();
    }

    private void execute(String... statements) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int sessionsOf(String role) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + role + "'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
