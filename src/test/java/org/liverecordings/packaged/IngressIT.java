package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    private static void send(URI uri, String forwardedFor, String correlationId) {
        RawHttp.send(
                uri,
                "DELETE",
                NOT_LIVE,
                "Authorization: Bearer " + TestTokens.complete(),
                "X-Forwarded-For: " + forwardedFor,
                "X-Request-Id: " + correlationId);
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
                "/fw/Apps/Recorder/WebAPI/LiveRecordingsAndMore",
                "/other/fw/Apps/Recorder/WebAPI/LiveRecordings"
            })
    void nothingElseIsOutside(String target) {
        Answer answer = RawHttp.send(nginx.uri(), "GET", target, "Authorization: Bearer " + TestTokens.complete());

        assertEquals(404, answer.status(), answer.toString());
        assertTrue(answer.header("X-Request-Id").isEmpty(), "it came from the service: " + answer);
    }

    /** What nginx takes for a path below the API's, the service takes for one too: for an id, or for nothing it knows. */
    @ParameterizedTest
    @CsvSource({
        "%252e%252e%252f%252e%252e%252f%252e%252e%252f%252e%252e%252f%252e%252e%252faudit, 405",
        "%252e%252e/%252e%252e/%252e%252e/%252e%252e/%252e%252e/audit, 404",
        "..;/..;/..;/..;/..;/audit, 404",
        "..%5c..%5c..%5c..%5c..%5caudit, 405",
        "..\\..\\..\\..\\..\\audit, 405",
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
