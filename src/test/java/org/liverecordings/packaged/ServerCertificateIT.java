package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestCertificate;

/** However Quarkus is given the certificate of the service, the metric that the alert looks at tells when it expires. */
class ServerCertificateIT {

    private static final String NAME = "ip:127.0.0.1";
    private static final String EXPIRY = "live_recordings_server_certificate_expiry_timestamp_seconds";

    static Stream<Arguments> keyStores() {
        String file = TestCertificate.forName(NAME, 9).keyStoreFile().toString();
        return Stream.of(
                arguments(Map.of(
                        "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_FILE",
                        file,
                        "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_PASSWORD",
                        TestCertificate.STORE_PASSWORD)),
                arguments(Map.of(
                        "QUARKUS_HTTP_TLS_CONFIGURATION_NAME",
                        "web",
                        "QUARKUS_TLS_WEB_KEY_STORE_P12_PATH",
                        file,
                        "QUARKUS_TLS_WEB_KEY_STORE_P12_PASSWORD",
                        TestCertificate.STORE_PASSWORD)));
    }

    @ParameterizedTest
    @MethodSource("keyStores")
    void aKeyStoreIsLookedInto(Map<String, String> settings) {
        try (ServiceProcess service = start(settings)) {
            assertExpiresInDays(service, 9);
        }
    }

    @Test
    void aCertificateThatTheTlsRegistryReadsAgainIsShownAgain() throws IOException {
        TestCertificate first = TestCertificate.forName(NAME, 9);
        TestCertificate next = TestCertificate.forName(NAME, 90);
        Path certificate = first.pemFile();
        Path key = first.keyFile();
        Map<String, String> settings = Map.of(
                "QUARKUS_TLS_KEY_STORE_PEM_WEB_CERT", certificate.toString(),
                "QUARKUS_TLS_KEY_STORE_PEM_WEB_KEY", key.toString(),
                "QUARKUS_TLS_RELOAD_PERIOD", "1s");
        try (ServiceProcess service = start(settings)) {
            assertExpiresInDays(service, 9);

            Files.write(key, Files.readAllBytes(next.keyFile()));
            Files.write(certificate, Files.readAllBytes(next.pemFile()));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> days(service).orElseThrow() > 10);
            assertExpiresInDays(service, 90);
        }
    }

    @Test
    void withoutACertificateThereIsNothingToShow() {
        try (ServiceProcess service = ServiceProcess.start(ServiceProcess.tokenSettings())) {
            assertTrue(days(service).isEmpty());
        }
    }

    private static ServiceProcess start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(ServiceProcess.tokenSettings());
        all.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(ServiceProcess.freePort()));
        all.putAll(settings);
        return ServiceProcess.start(all);
    }

    private static void assertExpiresInDays(ServiceProcess service, int days) {
        double found = days(service).orElseThrow();
        assertTrue(found > days - 1 && found <= days, () -> found + " days");
    }

    private static OptionalDouble days(ServiceProcess service) {
        List<String> lines =
                RawHttp.send(service.uri(), "GET", "/q/metrics").body().lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith(EXPIRY + ' ') || line.startsWith(EXPIRY + '{'))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .map(seconds -> (seconds - System.currentTimeMillis() / 1000.0)
                        / Duration.ofDays(1).toSeconds())
                .findFirst();
    }
}
