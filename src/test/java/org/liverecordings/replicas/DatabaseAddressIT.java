package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;

/** Addresses of the database that can't be meant, and passwords in the log, whatever its level. */
class DatabaseAddressIT {

    private static final String PASSWORD = "Pa55-for-nobody";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://127.0.0.1:1/x?user=u&password=" + PASSWORD,
                "postgresql://u:" + PASSWORD + "@127.0.0.1:1/x",
                "postgres://u:" + PASSWORD + "@127.0.0.1:1/x",
                "jdbc:postgresql://u:" + PASSWORD + "@127.0.0.1:1/x",
                "jdbc:postgresql://127.0.0.1:1/x?user=u&password=" + PASSWORD,
                "jdbc:postgresql://127.0.0.1:" + PASSWORD + "/x",
                "jdbc:mysql://127.0.0.1:1/x?password=" + PASSWORD,
                PASSWORD
            })
    void anAddressThatCantBeMeantEndsTheStartAtOnceAndIsNotLogged(String url) {
        Map<String, String> settings = settings(url);
        settings.put("LIVE_RECORDINGS_DATABASE_START_TIMEOUT", "1h");
        try (ServiceProcess service = launch(settings)) {

            int exitCode = service.awaitExit();

            assertEquals(1, exitCode, service::log);
            assertTrue(service.log().contains("quarkus.datasource.jdbc.url: "), service::log);
            assertFalse(service.log().contains(PASSWORD), service::log);
            assertFalse(service.log().contains("waiting for the database"), service::log);
        }
    }

    @Test
    void thatOfTheMigrationIsRefusedLikewise() {
        Map<String, String> settings = settings("jdbc:postgresql://127.0.0.1:1/x");
        settings.put("QUARKUS_FLYWAY_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/x?password=" + PASSWORD);
        try (ServiceProcess service = launch(settings)) {

            int exitCode = service.awaitExit();

            assertEquals(1, exitCode, service::log);
            assertTrue(service.log().contains("quarkus.flyway.jdbc-url: has a password"), service::log);
            assertFalse(service.log().contains(PASSWORD), service::log);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-start", "only", "never"})
    void withoutAnAddressTheStartEndsAtOnce(String migrate) {
        Map<String, String> settings = settings("");
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", migrate);
        settings.remove("QUARKUS_LOG_LEVEL");
        try (ServiceProcess service = launch(settings)) {

            int exitCode = service.awaitExit();

            assertEquals(1, exitCode, service::log);
            assertTrue(
                    service.log()
                            .contains("quarkus.datasource.jdbc.url is missing:"
                                    + " live-recordings.registry=postgresql needs it"),
                    service::log);
            assertFalse(service.log().contains("\tat "), service::log);
        }
    }

    @Test
    void thePasswordIsInNoLineWhereTheDatabaseIsAway() {
        Map<String, String> settings = settings("jdbc:postgresql://127.0.0.1:" + ServiceProcess.freePort() + "/x");
        settings.put("LIVE_RECORDINGS_DATABASE_START_TIMEOUT", "2s");
        try (ServiceProcess service = launch(settings)) {

            int exitCode = service.awaitExit();

            assertEquals(1, exitCode, service::log);
            assertTrue(service.log().contains("the database isn't ready, tries="), service::log);
            assertFalse(service.log().contains(PASSWORD));
        }
    }

    @Test
    void thePasswordIsInNoLineWhereAllIsWell() {
        PostgresServer server = PostgresServer.shared();
        try (ServiceProcess service = ServiceProcess.start(settings(server.url(server.newDatabase())))) {

            service.terminate();

            service.awaitExit();
            assertTrue(service.log().contains(" DEBUG "), service::log);
            assertFalse(service.log().contains(PASSWORD));
        }
    }

    private static Map<String, String> settings(String url) {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.putAll(PostgresServer.settings(url));
        settings.put("QUARKUS_DATASOURCE_PASSWORD", PASSWORD);
        settings.put("QUARKUS_LOG_LEVEL", "DEBUG");
        return settings;
    }

    private static ServiceProcess launch(Map<String, String> settings) {
        return ServiceProcess.launch(ServiceProcess.freePort(), settings);
    }
}
