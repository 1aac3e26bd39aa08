package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.database.Sql;
import org.liverecordings.support.Pgbouncer;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** Replicas that share two sessions of the database with each other and with others, transaction by transaction. */
class PgbouncerIT {

    private static final int SESSIONS = 2;

    /** What pgbouncer itself sets for each client. */
    private static final String KEPT_APART =
            "'application_name', 'client_encoding', 'DateStyle', 'TimeZone', 'standard_conforming_strings'";

    private static PostgresServer server;
    private static Replicas replicas;
    private static Pgbouncer pgbouncer;
    private static ServiceProcess one;
    private static ServiceProcess two;

    @BeforeAll
    static void start() {
        Optional<Path> program = Pgbouncer.program();
        assumeTrue(program.isPresent(), "LEFT OUT: pgbouncer is not installed");
        server = PostgresServer.start();
        replicas = new Replicas(server);
        server.execute(
                "ALTER ROLE postgres IN DATABASE " + replicas.database() + " SET statement_timeout = '1500ms'",
                "ALTER ROLE postgres IN DATABASE " + replicas.database()
                        + " SET idle_in_transaction_session_timeout = '5s'");
        pgbouncer = Pgbouncer.start(program.get(), server, SESSIONS);
        Map<String, String> settings = replicas.embedded(URI.create("tcp://127.0.0.1:" + pgbouncer.port()));
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", "never");
        one = ServiceProcess.start(settings);
        two = ServiceProcess.start(settings);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            two.close();
            one.close();
            pgbouncer.close();
            replicas.close();
            server.close();
        }
    }

    @Test
    void replicasStopAndListThroughIt() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(replicas.record());
        }
        Answer list = RawHttp.send(two.uri(), "GET", Replicas.API, "Authorization: Bearer " + TestTokens.complete());
        assertEquals(200, list.status());
        for (UUID id : ids) {
            assertTrue(list.body().contains(id.toString()), list.body());
            List<Integer> answers = Replicas.stopAtOnce(List.of(one, two), 4, "/" + id);
            assertEquals(List.of(204, 409, 409, 409), answers);
            assertEquals(1, replicas.confirmations(id));
        }
    }

    @Test
    void theirSessionsAreLeftAsTheyWere() throws SQLException {
        for (int i = 0; i < 10; i++) {
            assertEquals(204, Replicas.stopUntilKnown(i % 2 == 0 ? one : two, replicas.record()));
        }
        try (Connection first = connect();
                Connection second = connect()) {
            // Each holds one of the sessions while its transaction lasts.
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            for (Connection session : List.of(first, second)) {
                assertEquals("1500ms", text(session, "SHOW statement_timeout"));
                assertEquals(
                        "",
                        text(
                                session,
                                "SELECT coalesce(string_agg(name || '=' || setting, ' '), '') FROM pg_settings WHERE"
                                        + " source = 'session' AND name NOT IN (" + KEPT_APART + ")"));
                assertEquals("0", text(session, "SELECT count(*) FROM pg_prepared_statements"));
                assertEquals("0", text(session, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"));
            }
        }
    }

    /** Through it, the migration would hold locks over sessions that aren't its own, within the service's limits. */
    @Test
    void theMigrationGoesPastIt() {
        String database = server.newDatabase();
        server.execute("ALTER ROLE postgres IN DATABASE " + database + " SET statement_timeout = '1500ms'");
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.putAll(PostgresServer.settings(PostgresServer.url(database, pgbouncer.port())));
        settings.put(
                "QUARKUS_FLYWAY_JDBC_URL",
                server.url(database)
                        + "?options=-c%20statement_timeout=0%20-c%20idle_in_transaction_session_timeout=0");
        try (ServiceProcess service = ServiceProcess.start(settings)) {

            Answer answer = Replicas.stop(service, UUID.randomUUID());

            assertEquals(409, answer.status(), answer::toString);
            assertTrue(service.log().contains("migrated database steps=" + PostgresServer.MIGRATIONS), service::log);
        }
    }

    @Test
    void aStatementThatWaitsTooLongEndsThere() {
        Answer answer = replicas.whileLocked(
                Sql.of("LOCK TABLE live_recording IN ACCESS EXCLUSIVE MODE"),
                () -> Replicas.stop(one, UUID.randomUUID()));
        assertEquals(504, answer.status(), answer::toString);
        assertTrue(one.log().contains("canceling statement due to statement timeout"), one::log);
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                PostgresServer.url(replicas.database(), pgbouncer.port()) + "?prepareThreshold=0",
                "postgres",
                "postgres");
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
