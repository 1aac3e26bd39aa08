package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** In production a setting that makes no sense stops the start-up with a message that says what to do. */
class StartUpIT {

    private static final String NOT_LIVE =
            "/fw/Apps/Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000";

    @TempDir
    static Path folder;

    static Stream<Arguments> wrongSettings() throws IOException {
        String badLine = file("lines.csv", "SEP1,101,,yes,false\n");
        String badRecording = file(
                "recordings.csv", "id,deviceName,directoryNumber,mode,origin\n1-1-1-1-1,SEP1,101,dial-in,manual\n");
        String badUser = file("users", "# who\nalice:secret:10\n");
        String noKeys = file("jwks.json", "{\"keys\":[]}");
        String webPage = file("key.html", "<!doctype html><title>Sign in</title>");
        return Stream.of(
                Arguments.of(
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        null,
                        "Set mp.jwt.verify.publickey.location (or MP_JWT_VERIFY_PUBLICKEY_LOCATION in the environment)"),
                Arguments.of(
                        "MP_JWT_VERIFY_ISSUER",
                        null,
                        "Set mp.jwt.verify.issuer (or MP_JWT_VERIFY_ISSUER in the environment)"),
                Arguments.of(
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        "/nowhere/key.pem",
                        "mp.jwt.verify.publickey.location: can't read a key at /nowhere/key.pem"),
                Arguments.of("PORT", "abc", "The config property quarkus.http.port with the config value \"abc\""),
                Arguments.of("PORT", "", "The config property quarkus.http.port is defined as the empty String"),
                Arguments.of(
                        "PORT",
                        "65536",
                        "quarkus.http.port (or PORT in the environment): 65536 is not a port from 1 to 65535"),
                Arguments.of(
                        "PORT",
                        "-1",
                        "quarkus.http.port (or PORT in the environment): -1 is not a port from 1 to 65535"),
                Arguments.of(
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        noKeys,
                        "mp.jwt.verify.publickey.location: " + noKeys + " holds no usable key: its list is empty"),
                Arguments.of(
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        webPage,
                        "mp.jwt.verify.publickey.location: " + webPage + " holds a web page, not a key"),
                Arguments.of(
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        "http://idp.example.com/jwks",
                        "mp.jwt.verify.publickey.location: plain http to another machine: http://idp.example.com/jwks; use"),
                Arguments.of(
                        "MP_JWT_VERIFY_PUBLICKEY_ALGORITHM",
                        "HS256",
                        "mp.jwt.verify.publickey.algorithm: there is no 'HS256', only: RS256, "),
                Arguments.of(
                        "MP_JWT_VERIFY_PUBLICKEY_ALGORITHM",
                        "ES256",
                        " holds a key of type RSA, which none of the accepted algorithms uses: ES256"),
                Arguments.of(
                        "LIVE_RECORDINGS_SIGN_IN_ALGORITHMS",
                        "RS256,none",
                        "live-recordings.sign-in.algorithms: there is no 'none', only: RS256, "),
                Arguments.of(
                        "LIVE_RECORDINGS_SIGN_IN_ISSUERS",
                        "http://idp.example.com/realms/a",
                        "live-recordings.sign-in.issuers: plain http to another machine: http://idp.example.com/realms/a; use"),
                Arguments.of(
                        "LIVE_RECORDINGS_SIGN_IN_ISSUERS",
                        TestTokens.ISSUER,
                        "live-recordings.sign-in.issuers: named twice, and mp.jwt.verify.issuer counts as well: "
                                + TestTokens.ISSUER),
                Arguments.of(
                        "LIVE_RECORDINGS_SIGN_IN_LEVELS",
                        "Supervisors",
                        "live-recordings.sign-in.levels: not of the form <group>=<level> with a level from 1 to 10:"
                                + " Supervisors"),
                Arguments.of(
                        "LIVE_RECORDINGS_SIGN_IN_KEYS_KEEP",
                        "1s",
                        "live-recordings.sign-in.keys-keep: must be from 10s to 30d, not 1s"),
                Arguments.of(
                        "LIVE_RECORDINGS_SIGN_IN_TLS_CONFIGURATION_NAME",
                        "idp",
                        "live-recordings.sign-in.tls-configuration-name: there is no quarkus.tls.idp"),
                Arguments.of(
                        "LIVE_RECORDINGS_BASIC_CHECKS",
                        "65",
                        "live-recordings.basic.checks: must be from 0 to 64, not 65"),
                Arguments.of(
                        "LIVE_RECORDINGS_RECORDER", "tape", "live-recordings.recorder with the config value \"tape\""),
                Arguments.of(
                        "LIVE_RECORDINGS_REGISTRY", "paper", "live-recordings.registry: there is no 'paper', only: "),
                Arguments.of(
                        "LIVE_RECORDINGS_AUDIT_RETENTION",
                        "59s",
                        "live-recordings.audit.retention: must be from 1m to 36500d, not 59s"),
                Arguments.of(
                        "LIVE_RECORDINGS_RECONCILER_INTERVAL",
                        "0s",
                        "live-recordings.reconciler.interval: must be from 100ms to 1d, not 0s"),
                Arguments.of(
                        "LIVE_RECORDINGS_GUARD_BREAKER_WINDOW",
                        "0",
                        "live-recordings.guard.breaker.window: must be from 1 to 100000, not 0"),
                Arguments.of("LIVE_RECORDINGS_LINES_REFRESH", "soon", "live-recordings.lines.refresh"),
                Arguments.of(
                        "LIVE_RECORDINGS_WEBHOOKS_MY_HOOK_URL",
                        "https://example.com/",
                        "LIVE_RECORDINGS_WEBHOOKS_MY_HOOK_URL: there is no such setting. After LIVE_RECORDINGS_WEBHOOKS_"
                                + " come a name, which in an environment variable is one word of letters and digits,"),
                Arguments.of(
                        "LIVE_RECORDINGS_ASTERISK_NODES_MY_NODE_URL",
                        "http://localhost:8088",
                        "LIVE_RECORDINGS_ASTERISK_NODES_MY_NODE_URL: there is no such setting."),
                Arguments.of(
                        "LIVE_RECORDINGS_IMAGICLE_PASSWORD_FILE",
                        "/nowhere/password",
                        "live-recordings.imagicle.password-file: can't read (not shown, since a secret may be in it);"),
                Arguments.of(
                        "QUARKUS_DATASOURCE_PASSWORD_FILE",
                        "/nowhere/password",
                        "quarkus.datasource.password-file: can't read (not shown, since a secret may be in it);"),
                Arguments.of(
                        "LIVE_RECORDINGS_RECORDER",
                        "imagicle",
                        "the recorder imagicle needs live-recordings.imagicle.url to be set"),
                Arguments.of(
                        "LIVE_RECORDINGS_LINES_FILE",
                        badLine,
                        badLine + ", line 1: tapiMonitorable must be true or false, not 'yes'"),
                Arguments.of("LIVE_RECORDINGS_LINES_FILE", "/nowhere/lines.csv", "/nowhere/lines.csv: no such file"),
                Arguments.of(
                        "LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE",
                        badRecording,
                        badRecording + ", line 2: id is not a GUID: 1-1-1-1-1"),
                Arguments.of(
                        "LIVE_RECORDINGS_BASIC_USERS_FILE",
                        badUser,
                        badUser + ", line 2: the second field is not a bcrypt hash"));
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void aWrongSettingStopsTheStart(String variable, String value, String message) {
        Map<String, String> environment = ServiceProcess.tokenSettings();
        if (value == null) {
            environment.remove(variable);
        } else {
            environment.put(variable, value);
        }
        try (ServiceProcess service = ServiceProcess.launch(ServiceProcess.freePort(), environment)) {

            int exitCode = service.awaitExit();

            assertEquals(1, exitCode);
            assertTrue(service.log().contains(message), service::log);
            assertFalse(service.log().contains("\tat "), service::log);
        }
    }

    static Stream<Arguments> wrongSettingsWithSecrets() {
        String pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDSECRET\n-----END PRIVATE KEY-----";
        String hash = "alice:$2y$10$SECREToLickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy:10";
        String content = ": takes the path of a file, and holds what belongs into the file";
        return Stream.of(
                Arguments.of(
                        "LIVE_RECORDINGS_SIGN_IN_ISSUERS",
                        "https://user:SECRET@idp.example.com/x",
                        "live-recordings.sign-in.issuers: must not have a user in it: https://idp.example.com/x"),
                Arguments.of(
                        "LIVE_RECORDINGS_SIGN_IN_ISSUERS",
                        "https://idp.example.com/x?client_secret=SECRET",
                        "live-recordings.sign-in.issuers: an issuer must not have a query: https://idp.example.com/x"),
                Arguments.of(
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        "https://user:SECRET@idp.example.com/jwks",
                        "mp.jwt.verify.publickey.location: must not have a user in it: https://idp.example.com/jwks"),
                Arguments.of("MP_JWT_VERIFY_PUBLICKEY_LOCATION", pem, "mp.jwt.verify.publickey.location" + content),
                Arguments.of("LIVE_RECORDINGS_BASIC_USERS_FILE", hash, "live-recordings.basic.users-file" + content),
                Arguments.of(
                        "LIVE_RECORDINGS_IMAGICLE_PASSWORD_FILE",
                        "SECRET",
                        "live-recordings.imagicle.password-file: can't read (not shown, since a secret may be in it);"),
                Arguments.of(
                        "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES",
                        pem,
                        "quarkus.http.ssl.certificate.key-files" + content));
    }

    @ParameterizedTest
    @MethodSource("wrongSettingsWithSecrets")
    void aSecretInTheWrongPlaceIsNotInTheLog(String variable, String value, String message) {
        Map<String, String> environment = ServiceProcess.tokenSettings();
        environment.put(variable, value);
        try (ServiceProcess service = ServiceProcess.launch(ServiceProcess.freePort(), environment)) {

            int exitCode = service.awaitExit();

            assertEquals(1, exitCode);
            assertTrue(service.log().contains(message), service::log);
            assertFalse(service.log().contains("SECRET"), service::log);
            assertFalse(service.log().contains("\tat "), service::log);
        }
    }

    @Test
    void whatIsNamedTwiceIsSaidOnce() {
        Map<String, String> environment = ServiceProcess.tokenSettings();
        environment.put("LIVE_RECORDINGS_SIGN_IN_ISSUERS", "https://idp.example.org,https://idp.example.org");
        try (ServiceProcess service = ServiceProcess.launch(ServiceProcess.freePort(), environment)) {

            int exitCode = service.awaitExit();

            assertEquals(1, exitCode);
            assertTrue(
                    service.log()
                            .contains("live-recordings.sign-in.issuers: named twice, and mp.jwt.verify.issuer counts as"
                                    + " well: https://idp.example.org"),
                    service::log);
            assertFalse(service.log().contains("WARN"), service::log);
        }
    }

    @Test
    void itListensOnThePortThatItsPlatformSets() {
        int port = ServiceProcess.freePort();
        Map<String, String> environment = ServiceProcess.tokenSettings();
        environment.put("PORT", Integer.toString(port));
        try (ServiceProcess service = ServiceProcess.start(port, environment)) {

            RawHttp.Answer answer = RawHttp.delete(service.uri(), NOT_LIVE, TestTokens.complete());

            assertEquals(409, answer.status());
        }
    }

    @Test
    void itsOwnSettingComesBeforeThePlatforms() {
        int port = ServiceProcess.freePort();
        Map<String, String> environment = ServiceProcess.tokenSettings();
        environment.put("PORT", "1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        try (ServiceProcess service = ServiceProcess.start(port, environment)) {

            RawHttp.Answer answer = RawHttp.delete(service.uri(), NOT_LIVE, TestTokens.complete());

            assertEquals(409, answer.status());
        }
    }

    @Test
    void withoutFilesItStartsEmptyAndSaysSo() {
        try (ServiceProcess service = ServiceProcess.start(ServiceProcess.tokenSettings())) {

            RawHttp.Answer answer = RawHttp.delete(service.uri(), NOT_LIVE, TestTokens.complete());

            assertEquals(409, answer.status());
            assertTrue(service.log().contains("live-recordings.lines.file is not set: no line is known"));
            assertTrue(service.log().contains("live-recordings.embedded.recordings-file is not set: nothing is being"));
        }
    }

    @Test
    void itStartsWhereNothingCanBeWritten() {
        List<String> nowhere = List.of("-Djava.io.tmpdir=/nowhere");
        Path java = Path.of(System.getProperty("java.home"));
        try (ServiceProcess service = ServiceProcess.start(java, nowhere, ServiceProcess.tokenSettings())) {

            RawHttp.Answer answer = RawHttp.delete(service.uri(), NOT_LIVE, TestTokens.complete());

            assertEquals(409, answer.status());
        }
    }

    @Test
    void theOrganisationsOwnAlgorithmAndGroupsAreAMatterOfConfiguration() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "MP_JWT_VERIFY_PUBLICKEY",
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
        environment.put("MP_JWT_VERIFY_PUBLICKEY_ALGORITHM", "ES256");
        environment.put("MP_JWT_VERIFY_ISSUER", TestTokens.ISSUER);
        environment.put("QUARKUS_HTTP_AUTH_ROLES_MAPPING__SUPERVISORS_", "call-recording-lv10");
        String token = Jwt.issuer(TestTokens.ISSUER)
                .upn("alice")
                .groups(Set.of("supervisors"))
                .expiresIn(Duration.ofMinutes(5))
                .jws()
                .algorithm(SignatureAlgorithm.ES256)
                .sign(keys.getPrivate());
        try (ServiceProcess service = ServiceProcess.start(environment)) {

            int own = RawHttp.delete(service.uri(), NOT_LIVE, token).status();
            int rs256 = RawHttp.delete(service.uri(), NOT_LIVE, TestTokens.complete())
                    .status();

            assertEquals("409 401", own + " " + rs256);
            assertFalse(service.log().contains(token));
        }
    }

    private static String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }
}
