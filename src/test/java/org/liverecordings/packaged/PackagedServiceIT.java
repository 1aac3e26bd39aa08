package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.quarkus.elytron.security.common.BcryptUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestCertificate;
import org.liverecordings.support.TestTokens;

/** What a native executable could have lost on the way: each thing that a library finds out at run time. */
class PackagedServiceIT {

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";
    private static final String ID = "75a90276-e47e-4e9e-b463-e3c743d5";

    @TempDir
    static Path folder;

    private static ServiceProcess service;
    private static TestCertificate certificate;

    @BeforeAll
    static void start() throws IOException {
        Path recordings = Files.writeString(
                folder.resolve("recordings.csv"),
                "id,deviceName,directoryNumber,mode,origin\n"
                        + ID + "0001,SEP000000000101,101,media-forking,manual\n"
                        + ID + "0002,SEP000000000102,102,media-forking,manual\n"
                        + ID + "0003,SEP000000000103,103,media-forking,automatic\n"
                        + ID + "0004,SEP000000000104,104,dial-in,manual\n"
                        + ID + "0005,SEP000000000105,105,media-forking,manual\n"
                        + ID + "0006,SEP000000000106,106,media-forking,manual\n"
                        + ID + "0007,SEP000000000107,+390584943232,media-forking,manual\n"
                        + ID + "0008,SEP000000000108,108,media-forking,manual\n"
                        + ID + "0009,SEP000000000109,109,media-forking,manual\n"
                        + ID + "0010,SEP000000000110,110,media-forking,manual\n");
        Path lines = Files.writeString(
                folder.resolve("lines.csv"),
                "deviceName,directoryNumber,username,tapiMonitorable,automaticRecording\n"
                        + "SEP000000000101,101,alice,true,false\n"
                        + "SEP000000000102,102,bob,false,false\n"
                        + "SEP000000000103,103,carol,true,true\n"
                        + "SEP000000000104,104,dave,true,false\n"
                        + "SEP000000000105,105,erin,true,false\n"
                        + "SEP000000000106,106,frank,true,false\n"
                        + "SEP000000000107,+390584943232,grace,true,false\n"
                        + "SEP000000000108,108,heidi,true,false\n"
                        + "SEP000000000109,109,ivan,true,false\n"
                        + "SEP000000000110,110,judy,true,false\n");
        Path users =
                Files.writeString(folder.resolve("users"), "gateway:" + BcryptUtil.bcryptHash("secret", 4) + ":10\n");
        Map<String, String> environment = ServiceProcess.tokenSettings();
        environment.put("LIVE_RECORDINGS_LINES_FILE", lines.toString());
        environment.put("LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE", recordings.toString());
        environment.put("LIVE_RECORDINGS_EMBEDDED_SIMULATE_UNREACHABLE", ID + "0005");
        environment.put("LIVE_RECORDINGS_EMBEDDED_SIMULATE_FAILING", ID + "0006");
        environment.put("LIVE_RECORDINGS_BASIC_USERS_FILE", users.toString());
        service = ServiceProcess.start(environment);
        certificate = TestCertificate.forName("dns:localhost,ip:127.0.0.1");
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0001                | 204 |",
                "not-a-guid          | 400 | {\"reason\":0}",
                "0002                | 400 | {\"reason\":1,\"deviceName\":\"SEP000000000102\"}",
                "0003                | 400 | {\"reason\":2}",
                "0099                | 409 | {\"type\":\"about:blank\",\"title\":\"No such live recording\",\"status\":409,"
                        + "\"correlationId\":\"c\"}",
                "0006                | 500 | {\"type\":\"about:blank\",\"title\":\"The call recording service failed\","
                        + "\"status\":500,\"correlationId\":\"c\"}",
                "0005                | 504 | {\"type\":\"about:blank\",\"title\":\"The call recording service is unavailable\","
                        + "\"status\":504,\"correlationId\":\"c\"}"
            })
    void everyDocumentedAnswerIsGiven(String id, int status, String body) {
        String target = API + "/" + (id.length() == 4 ? ID + id : id);

        Answer answer = RawHttp.send(
                service.uri(), "DELETE", target, "Authorization: Bearer " + TestTokens.complete(), "X-Request-Id: c");

        assertEquals(status, answer.status(), answer.toString());
        assertEquals(body == null ? "" : body, answer.body());
    }

    @Test
    void aCallerWithoutCredentialsGetsTheChallenges() {
        Answer answer = RawHttp.delete(service.uri(), API + "/" + ID + "0008", null);

        assertEquals(401, answer.status());
        assertEquals(
                List.of("Bearer realm=\"live-recordings\"", "Basic realm=\"live-recordings\", charset=\"UTF-8\""),
                answer.header("WWW-Authenticate"));
    }

    @Test
    void aCallerOfALowLevelIsForbidden() {
        assertEquals(
                403,
                RawHttp.delete(service.uri(), API + "/" + ID + "0008", TestTokens.level("trainee", 9))
                        .status());
    }

    @Test
    void aPasswordIsCheckedAgainstItsBcryptHash() {
        assertEquals(204, basic("/" + ID + "0008", "gateway:secret").status());
        assertEquals(401, basic("/" + ID + "0008", "gateway:wrong").status());
        assertEquals(401, basic("/" + ID + "0008", "nobody:secret").status());
    }

    private static Answer basic(String rest, String credentials) {
        return RawHttp.send(
                service.uri(),
                "DELETE",
                API + rest,
                "Authorization: Basic "
                        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/FW/apps/RECORDER/webapi/liveRecordings/{75A90276-E47E-4E9E-B463-E3C743D50009}",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings?directoryNumber=\\+390584943232",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/?DEVICENAME=sep000000000110"
            })
    void whatIsNotLegalInAnAddressIsTakenAsExistingClientsSendIt(String target) {
        Answer answer = RawHttp.delete(service.uri(), target, TestTokens.complete());

        assertEquals(204, answer.status(), answer.toString());
    }

    @Test
    void theDescriptionOfTheApiIsServed() {
        Answer answer = RawHttp.send(service.uri(), "GET", "/q/openapi");

        assertEquals(200, answer.status());
        assertTrue(answer.body().contains(API + "/{id}:"), answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"started", "live", "ready", "well"})
    void theStateOfHealthIsServed(String group) {
        Answer answer = RawHttp.send(service.uri(), "GET", "/q/health/" + group);

        assertEquals(200, answer.status());
        assertTrue(answer.body().contains("\"status\": \"UP\""), answer.body());
    }

    @Test
    void metricsAreServed() {
        RawHttp.delete(service.uri(), API + "/not-a-guid", TestTokens.complete());

        Answer answer = RawHttp.send(service.uri(), "GET", "/q/metrics");

        assertEquals(200, answer.status());
        assertTrue(answer.body().contains("http_server_requests_seconds_count{"), answer.body());
    }

    @Test
    void keysAreFetchedThroughTlsFromAnAuthorityOfOnesOwn() {
        try (HttpStub idp = HttpStub.startTls(certificate, exchange -> HttpStub.json(exchange, jwks()))) {
            Map<String, String> environment = ServiceProcess.tokenSettings();
            environment.put(
                    "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                    idp.uri().resolve("/jwks").toString());
            environment.put(
                    "SMALLRYE_JWT_CLIENT_TLS_CERTIFICATE_PATH",
                    certificate.pemFile().toString());
            try (ServiceProcess trusting = ServiceProcess.start(environment)) {
                assertEquals(409, stop(trusting.uri(), ID + "0001"), trusting::log);
            }
            environment.remove("SMALLRYE_JWT_CLIENT_TLS_CERTIFICATE_PATH");
            try (ServiceProcess careful = ServiceProcess.start(environment)) {
                assertEquals(401, stop(careful.uri(), ID + "0001"), careful::log);
            }
        }
    }

    private static int stop(URI base, String id) {
        String token = TestTokens.claims("alice", "call-recording-lv10")
                .jws()
                .keyId("k")
                .sign(TestTokens.keys().getPrivate());
        return RawHttp.delete(base, API + "/" + id, token).status();
    }

    private static String jwks() {
        RSAPublicKey key = (RSAPublicKey) TestTokens.keys().getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"k\",\"n\":\""
                + base64(key.getModulus()) + "\",\"e\":\"" + base64(key.getPublicExponent()) + "\"}]}";
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    @Test
    void theSuiteIsAskedThroughTlsIfItsCertificateIsTrusted() {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (HttpStub suite = HttpStub.startTls(certificate, exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            HttpStub.status(exchange, 204);
        })) {
            Map<String, String> environment = ServiceProcess.tokenSettings();
            environment.put("LIVE_RECORDINGS_RECORDER", "imagicle");
            environment.put("LIVE_RECORDINGS_IMAGICLE_URL", suite.uri().toString());
            environment.put("LIVE_RECORDINGS_IMAGICLE_USERNAME", "service");
            environment.put("LIVE_RECORDINGS_IMAGICLE_PASSWORD", "secret");
            environment.put("LIVE_RECORDINGS_GUARD_RETRIES", "0");
            // The first handshake of a JVM takes its time.
            environment.put("LIVE_RECORDINGS_GUARD_DEADLINE", "20s");
            environment.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "10s");
            try (ServiceProcess careful = ServiceProcess.start(environment)) {
                assertEquals(504, stop(careful.uri(), ID + "0001"), careful::log);
                assertEquals(List.of(), asked);
            }
            environment.put("LIVE_RECORDINGS_IMAGICLE_TLS_CONFIGURATION_NAME", "suite");
            environment.put(
                    "QUARKUS_TLS_SUITE_TRUST_STORE_PEM_CERTS",
                    certificate.pemFile().toString());
            try (ServiceProcess trusting = ServiceProcess.start(environment)) {
                assertEquals(204, stop(trusting.uri(), ID + "0001"), trusting::log);
                assertEquals(List.of("DELETE " + API + "/" + ID + "0001 Basic c2VydmljZTpzZWNyZXQ="), asked);
            }
        }
    }
}
