package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestCertificate;

/** The database behind TLS, with its certificate checked, as managed ones have it. */
class DatabaseTlsIT {

    private static PostgresServer server;
    private static Replicas replicas;
    private static TestCertificate certificate;

    @BeforeAll
    static void start() {
        certificate = TestCertificate.forName("ip:127.0.0.1");
        server = PostgresServer.startTls(certificate);
        replicas = new Replicas(server);
    }

    @AfterAll
    static void stop() {
        replicas.close();
        server.close();
    }

    @Test
    void whatIsAskedOfADatabaseThatIsTrustedIsEncrypted() {
        try (ServiceProcess service = ServiceProcess.start(trusting(certificate.pemFile()))) {
            assertEquals(204, Replicas.stop(service, replicas.record()).status());
            assertTrue(replicas.count("SELECT count(*) AS n FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                            + " WHERE ssl AND datname = current_database()")
                    > 0);
        }
    }

    @Test
    void aDatabaseThatIsNotTrustedIsNotUsed() {
        Path other = TestCertificate.forName("ip:127.0.0.1").pemFile();
        Map<String, String> settings = trusting(other);
        settings.put("LIVE_RECORDINGS_DATABASE_START_TIMEOUT", "0s");
        try (ServiceProcess service = ServiceProcess.launch(ServiceProcess.freePort(), settings)) {
            assertEquals(1, service.awaitExit(), service::log);
            assertTrue(service.log().contains("SSL error: "), service::log);
        }
    }

    private static Map<String, String> trusting(Path rootCertificate) {
        Map<String, String> settings = replicas.embedded();
        settings.merge(
                "QUARKUS_DATASOURCE_JDBC_URL", "?sslmode=verify-full&sslrootcert=" + rootCertificate, String::concat);
        return settings;
    }
}
