package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.FakeSuite;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** Passwords that hold what elsewhere is an expression or an escape reach whoever asks for them byte for byte. */
class PasswordsIT {

    private static final String STOP = "/fw/Apps/Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000";

    /** All that was altered, or stopped the start, in one. */
    private static final String PASSWORD = "pa$$w\\$o${HOME}r\\\\d,ä${";

    private static final String OWNERS = "o$$" + PASSWORD;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"environment", "file", "properties", "properties that name a file"})
    void theSuiteGetsThePasswordAsItIs(String place) throws IOException {
        try (FakeSuite suite = FakeSuite.start()) {
            Map<String, String> environment = suite(suite);
            set(environment, "live-recordings.imagicle.password", PASSWORD, place);
            try (ServiceProcess service = ServiceProcess.ready(ServiceProcess.launch(folder, environment))) {

                int status = RawHttp.delete(service.uri(), STOP, TestTokens.complete())
                        .status();

                assertEquals(204, status, service::log);
                String basic =
                        Base64.getEncoder().encodeToString(("us${er:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
                assertTrue(suite.requests().get(0).headers().contains("authorization: Basic " + basic));
                assertFalse(service.log().contains("Unrecognized"), service::log);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"environment", "file"})
    void theDatabaseGetsThePasswordsAsTheyAre(String place) throws IOException, SQLException {
        try (PostgresServer server = PostgresServer.startWithPasswords()) {
            String database = server.newDatabase();
            try (AgroalDataSource pool = server.pool(database);
                    Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE ROLE \"us$$er\" LOGIN PASSWORD '" + PASSWORD + "'");
                statement.execute("CREATE ROLE owner LOGIN SUPERUSER PASSWORD '" + OWNERS + "'");
                statement.execute("ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT ALL ON TABLES TO \"us$$er\"");
            }
            Map<String, String> environment = ServiceProcess.tokenSettings();
            environment.putAll(PostgresServer.settings(server.url(database)));
            environment.remove("QUARKUS_DATASOURCE_PASSWORD");
            environment.put("QUARKUS_DATASOURCE_USERNAME", "us$$er");
            environment.put("QUARKUS_FLYWAY_USERNAME", "owner");
            set(environment, "quarkus.datasource.password", PASSWORD, place);
            set(environment, "quarkus.flyway.password", OWNERS, place);
            try (ServiceProcess service = ServiceProcess.ready(ServiceProcess.launch(folder, environment))) {

                int status = RawHttp.delete(service.uri(), STOP, TestTokens.complete())
                        .status();

                assertEquals(409, status, service::log);
                assertTrue(
                        service.log().contains("migrated database steps=" + PostgresServer.MIGRATIONS), service::log);
                assertFalse(service.log().contains("Unrecognized"), service::log);
            }
        }
    }

    @Test
    void withoutOneOfItsOwnTheMigrationUsesTheDatabasesPassword() throws IOException, SQLException {
        try (PostgresServer server = PostgresServer.startWithPasswords()) {
            String database = server.newDatabase();
            try (AgroalDataSource pool = server.pool(database);
                    Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE ROLE owner LOGIN SUPERUSER PASSWORD '" + OWNERS + "'");
            }
            Map<String, String> environment = ServiceProcess.tokenSettings();
            environment.putAll(PostgresServer.settings(server.url(database)));
            environment.put("QUARKUS_DATASOURCE_USERNAME", "owner");
            set(environment, "quarkus.datasource.password", OWNERS, "environment");
            environment.put("LIVE_RECORDINGS_DATABASE_MIGRATE", "only");
            try (ServiceProcess once = ServiceProcess.launch(folder, environment)) {

                int exitCode = once.awaitExit();

                assertEquals(0, exitCode, once::log);
            }
        }
    }

    @Test
    void aByteOrderMarkBeforeTheFirstSettingIsSkipped() throws IOException {
        Files.createDirectory(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config").resolve("application.properties"), "\uFEFFlive-recordings.registry=paper\n");
        try (ServiceProcess service = ServiceProcess.launch(folder, ServiceProcess.tokenSettings())) {

            int exitCode = service.awaitExit();

            assertEquals(1, exitCode);
            assertTrue(service.log().contains("live-recordings.registry: there is no 'paper'"), service::log);
        }
    }

    private static Map<String, String> suite(FakeSuite suite) {
        Map<String, String> environment = new HashMap<>(ServiceProcess.tokenSettings());
        environment.put("LIVE_RECORDINGS_RECORDER", "imagicle");
        environment.put("LIVE_RECORDINGS_IMAGICLE_URL", suite.uri().toString());
        environment.put("LIVE_RECORDINGS_IMAGICLE_USERNAME", "us${er");
        environment.put("HOME", "/home/me");
        return environment;
    }

    private void set(Map<String, String> environment, String name, String password, String place) throws IOException {
        String variable = name.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_");
        switch (place) {
            case "environment" -> {
                environment.put("LC_ALL", "C.UTF-8");
                environment.put(variable, password);
            }
            case "file" -> environment.put(variable + "_FILE", file(password));
            case "properties" -> properties(name, password);
            default -> properties(name + "-file", file(password));
        }
    }

    private String file(String password) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "password", ""), password + "\n")
                .toString();
    }

    private void properties(String name, String value) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Files.createDirectory(folder.resolve("config"));
        Files.writeString(folder.resolve("config").resolve("application.properties"), text.toString());
    }
}
