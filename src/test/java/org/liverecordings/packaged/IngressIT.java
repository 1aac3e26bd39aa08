package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.Nginx;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** The Ingress's path in a real nginx, in the location that ingress-nginx makes of it. */
class IngressIT {

    private static final String FORWARDING = "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING";
    private static final String NOT_LIVE =
            "/fw/Apps/Recorder/WebAPI/LiveRecordings/75a90276-e47e-4e9e-b463-e3c743d50001";

    private static ServiceProcess service;
    private static Nginx nginx;

    @BeforeAll
    static void start() {
        Optional<Path> program = Nginx.program();
        assumeTrue(program.isPresent(), "IngressIT is left out: nginx isn't installed");
        String path = Manifests.kubernetes()
                .the("Ingress")
                .at("/spec/rules/0/http/paths/0/path")
                .asText();
        Map<String, String> settings = ServiceProcess.tokenSettings();
        for (JsonNode variable : Manifests.kubernetes().the("Deployment").at("/spec/template/spec/containers/0/env")) {
            if (variable.at("/name").asText().equals(FORWARDING)) {
                settings.put(FORWARDING, variable.at("/value").asText());
            }
        }
        service = ServiceProcess.start(settings);
        nginx = Nginx.start(program.get(), "~* \"^" + path + "\"", service);
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/75a90276-e47e-4e9e-b463-e3c743d50001",
                "/FW/APPS/RECORDER/WEBAPI/LIVERECORDINGS/75a90276-e47e-4e9e-b463-e3c743d50001",
                "/fw/apps/recorder/webapi/liverecordings/{75A90276-E47E-4E9E-B463-E3C743D50001}",
                "/%66w/Apps/Recorder/WebAPI/LiveRecording%73/75a90276-e47e-4e9e-b463-e3c743d50001",
                "http://localhost/fw/Apps/Recorder/WebAPI/LiveRecordings/75a90276-e47e-4e9e-b463-e3c743d50001",
                "/fw/apps/recorder/webapi/liverecordings?directoryNumber=\\+390584943232",
                "/fw/apps/recorder/webapi/liverecordings/?deviceName=SEP000000000001"
            })
    void theApiIsOutsideInAnySpelling(String target) {
        Answer answer = RawHttp.delete(nginx.uri(), target, TestTokens.complete());

        assertEquals(409, answer.status(), answer.toString());
    }

    @Test
    void theTrailNamesTheClientAsTheIngressKnowsIt() {
        send(service.uri(), "10.9.8.7", "told-by-ingress");
        send(nginx.uri(), "6.6.6.6", "told-by-client");

        Awaitility.await().until(() -> service.log().contains("told-by-client"));
        assertTrue(service.log().contains("stop user=alice address=10.9.8.7 "), service::log);
        assertTrue(service.log().contains("stop user=alice address=127.0.0.1 "), service::log);
    }

    private static Answer send(URI uri, String forwardedFor, String correlationId) {
        return RawHttp.send(
                uri,
                "DELETE",
                NOT_LIVE,
                "Authorization: Bearer " + TestTokens.complete(),
                "X-Forwarded-For: " + forwardedFor,
                "X-Request-Id: " + correlationId);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [2001:db8::1]:51234         | 2001:db8::1
            2001:db8::1                 | 2001:db8::1
            10.9.8.7:4711               | 10.9.8.7
            'unknown, 10.9.8.7'         | 10.9.8.7
            ''                          | 127.0.0.1
            ' '                         | 127.0.0.1
            :443                        | 127.0.0.1
            []                          | 127.0.0.1
            unknown                     | 127.0.0.1
            _hidden                     | 127.0.0.1
            10.9.8.7:99999999999        | 10.9.8.7
            """)
    void whateverIsForwardedAStopIsAnsweredAndLogged(String forwardedFor, String address) {
        String correlationId = "forwarded-" + Integer.toHexString(forwardedFor.hashCode());

        Answer answer = send(service.uri(), forwardedFor, correlationId);

        assertEquals(409, answer.status(), answer.toString());
        Awaitility.await().until(() -> service.log().contains(correlationId));
        String line = service.log()
                .lines()
                .filter(logged -> logged.contains("correlationId=" + correlationId))
                .findFirst()
                .orElseThrow();
        assertTrue(line.contains(" address=" + address + " "), line);
    }

    @Test
    void anAddressIsBelievedOnlyOfAProxyThatIsTrusted() {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.put(FORWARDING, "true");
        settings.put("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES", "10.0.0.1");
        try (ServiceProcess careful = ServiceProcess.start(settings)) {

            RawHttp.send(
                    careful.uri(),
                    "DELETE",
                    NOT_LIVE,
                    "Authorization: Bearer " + TestTokens.complete(),
                    "X-Forwarded-For: 6.6.6.6",
                    "X-Request-Id: told-by-stranger");

            Awaitility.await().until(() -> careful.log().contains("told-by-stranger"));
            assertTrue(careful.log().contains("stop user=alice address=127.0.0.1 "), careful::log);
        }
    }

    /** A proxy that passes an upgrade on passes on all that the client says after it. */
    @Test
    void nobodySpeaksHttp2PastAProxy() {
        for (URI uri : List.of(nginx.uri(), service.uri())) {

            Answer answer = RawHttp.send(
                    uri,
                    "DELETE",
                    NOT_LIVE,
                    "Authorization: Bearer " + TestTokens.complete(),
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA");

            assertEquals(409, answer.status(), answer.toString());
        }
    }

    @Test
    void nothingElseIsOutsideHoweverItIsSpelled() {
        Spellings spellings = new Spellings(Long.getLong("ingress.seed", System.nanoTime()));
        String token = TestTokens.complete();
        int passed = 0;
        for (int i = 0; i < 1500; i++) {
            String target = spellings.ofSomethingElse();

            Answer answer = RawHttp.send(nginx.uri(), "GET", target, "Authorization: Bearer " + token);

            String found = spellings + " " + target + ": " + answer;
            boolean byTheService = !answer.header("X-Request-Id").isEmpty();
            passed += byTheService ? 1 : 0;
            // Of the API's own answers to a GET only the empty list is a 200.
            assertTrue(answer.status() != 200 || answer.body().equals("[]"), found);
            assertTrue(Set.of(200, 400, 404, 405).contains(answer.status()), found);
        }
        System.out.println(spellings + " passed=" + passed);
        assertTrue(passed > 50, spellings + ": only " + passed + " got through nginx");
    }

    @Test
    void theApiIsOutsideHoweverItIsSpelled() {
        Spellings spellings = new Spellings(Long.getLong("ingress.seed", System.nanoTime()));
        String token = TestTokens.complete();
        for (int i = 0; i < 500; i++) {
            String target = spellings.ofAStop();

            Answer answer = RawHttp.delete(nginx.uri(), target, token);

            assertEquals(409, answer.status(), spellings + " " + target + ": " + answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/q/health",
                "/q/health/ready",
                "/q/metrics",
                "/q/openapi",
                "/audit",
                "/AUDIT",
                "/%61udit",
                "//audit",
                "/audit?recordingId=75a90276-e47e-4e9e-b463-e3c743d50001",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/../../../../../audit",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%61udit",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/..%2f..%2f..%2f..%2f..%2faudit",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/../../../../../q/metrics",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/q/metrics",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/..%2f..%2f..%2f..%2f..%2fq/metrics",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings;a/../../../../../q/metrics",
                "/fw/Apps/Recorder/WebAPI/LiveRecordingsAndMore",
                "/other/fw/Apps/Recorder/WebAPI/LiveRecordings"
            })
    void nothingElseIsOutside(String target) {
        Answer answer = RawHttp.send(nginx.uri(), "GET", target, "Authorization: Bearer " + TestTokens.complete());

        assertEquals(404, answer.status(), answer.toString());
        assertTrue(answer.header("X-Request-Id").isEmpty(), "it came from the service: " + answer);
    }

    /** What nginx lets through because it makes the API's path of it; it passes on what was written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/metrics/..%2f..%2ffw/Apps/Recorder/WebAPI/LiveRecordings",
                "/q/metrics%2f..%2f..%2ffw/Apps/Recorder/WebAPI/LiveRecordings",
                "/q/health/group/..%2f..%2f..%2ffw/Apps/Recorder/WebAPI/LiveRecordings",
                "/q/openapi;a%2f..%2f..%2ffw%2fApps%2fRecorder%2fWebAPI%2fLiveRecordings",
                "/audit;a%2f..%2ffw%2fApps%2fRecorder%2fWebAPI%2fLiveRecordings",
                "/audit/../fw/Apps/Recorder/WebAPI/LiveRecordings",
                "/audit/%2e%2e/fw/Apps/Recorder/WebAPI/LiveRecordings",
                "//fw/Apps/Recorder/WebAPI/LiveRecordings",
                "/fw//Apps/Recorder/WebAPI/LiveRecordings",
                "/fw/./Apps/Recorder/WebAPI/LiveRecordings",
                "/fw/Apps/Recorder/WebAPI%2fLiveRecordings",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings%0a",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/x/../Mine"
            })
    void whatNginxReadsInAnotherWayLeadsNowhere(String target) {
        Answer answer = RawHttp.send(nginx.uri(), "GET", target, "Authorization: Bearer " + TestTokens.complete());

        assertEquals(404, answer.status(), answer.toString());
        assertEquals("", answer.body());
        assertFalse(answer.header("X-Request-Id").isEmpty(), "it came from nginx: " + answer);
    }

    /** A proxy of another kind may let them through. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/../../../../../q/metrics",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/%2e%2e/%2E%2e/.%2e/../%2e./q/metrics",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/..%2f..%2f..%2f..%2f..%2fq/metrics",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/..;/..;/..;/..;/..;/q/metrics",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/..\\..\\..\\..\\..\\q/metrics",
                "http://localhost/q/metrics",
                "x://q/metrics",
                "q/metrics",
                "/q//metrics",
                "/q/./metrics",
                "/q/m%65trics",
                "/q/metrics;a",
                "/%71/metrics",
                "/q/metrics%00",
                "*"
            })
    void whatAnyProxyMayReadInAnotherWayLeadsNowhere(String target) {
        Answer answer = RawHttp.send(service.uri(), "GET", target, "Authorization: Bearer " + TestTokens.complete());

        assertEquals(404, answer.status(), answer.toString());
        assertFalse(answer.body().contains("jvm_"), answer.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a%2fb", "a%5cb", "a\\b", "..%2f..%2faudit", "75a90276-e47e-4e9e-b463-e3c743d50001;a=b", "a%3fb"
            })
    void whatStandsWhereAnIdDoesIsAnId(String id) {
        Answer answer =
                RawHttp.delete(service.uri(), "/fw/Apps/Recorder/WebAPI/LiveRecordings/" + id, TestTokens.complete());

        assertEquals(400, answer.status(), answer.toString());
        assertEquals("{\"reason\":0}", answer.body());
    }

    /** What nginx takes for a path below the API's, the service takes for one too: for an id, or for nothing it knows. */
    @ParameterizedTest
    @CsvSource({
        "%252e%252e%252f%252e%252e%252f%252e%252e%252f%252e%252e%252f%252e%252e%252faudit, 400",
        "%252e%252e/%252e%252e/%252e%252e/%252e%252e/%252e%252e/audit, 404",
        "..;/..;/..;/..;/..;/audit, 404",
        "..%5c..%5c..%5c..%5c..%5caudit, 400",
        "..\\..\\..\\..\\..\\audit, 400",
        "%c0%ae%c0%ae/%c0%ae%c0%ae/%c0%ae%c0%ae/%c0%ae%c0%ae/%c0%ae%c0%ae/audit, 404"
    })
    void noEscapedPathBelowTheApiLeadsElsewhere(String path, int status) {
        Answer answer = RawHttp.send(
                nginx.uri(),
                "GET",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/" + path,
                "Authorization: Bearer " + TestTokens.complete());

        assertEquals(status, answer.status(), answer.toString());
    }
}
