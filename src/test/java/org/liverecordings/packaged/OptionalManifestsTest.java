package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files for a Gateway API and for a suite behind the service, which {@code kubernetes.yml} does without. */
class OptionalManifestsTest {

    private static final String API = "/fw/Apps/Recorder/WebAPI/";
    private static final String NAMESPACE =
            "/ingress/0/from/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name";

    private final Manifests gateway = Manifests.optional("gateway.yml");
    private final Manifests suite = Manifests.optional("suite.yml");
    private final Manifests suiteGateway = Manifests.optional("suite-gateway.yml");

    @Test
    void theGatewaySendsTheApiToTheService() {
        JsonNode route = gateway.the("HTTPRoute");

        assertEquals("gateway.networking.k8s.io/v1", route.at("/apiVersion").asText());
        assertEquals(
                "[\"live-recordings.example.com\"]", route.at("/spec/hostnames").toString());
        assertEquals(1, route.at("/spec/rules").size());
        assertEquals(1, route.at("/spec/rules/0/matches").size());
        assertEquals(
                "[{\"name\":\"live-recordings\",\"port\":80}]",
                route.at("/spec/rules/0/backendRefs").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fw/Apps/Recorder/WebAPI/LiveRecordings",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/",
                "/FW/apps/RECORDER/webapi/liveRecordings/75a90276-e47e-4e9e-b463-e3c743d50001",
                "/fw/apps/recorder/webapi/liverecordings/{75A90276-E47E-4E9E-B463-E3C743D50001}/Pause"
            })
    void theRouteTakesTheApiInAnyCase(String path) {
        assertTrue(route(gateway, "live-recordings").matcher(path).matches());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/audit",
                "/q/metrics",
                "/q/metrics/fw/Apps/Recorder/WebAPI/LiveRecordings",
                "/fw/Apps/Recorder/WebAPI/LiveRecordingsAndMore",
                "/fw/Apps/Recorder/WebAPI/Recordings",
                "fw/Apps/Recorder/WebAPI/LiveRecordings"
            })
    void theRouteTakesNothingElse(String path) {
        assertFalse(route(gateway, "live-recordings").matcher(path).matches());
    }

    /** NGINX Gateway Fabric drops a rule with any of these, and one that doesn't begin with a slash. */
    @ParameterizedTest
    @CsvSource({"gateway.yml, live-recordings", "suite-gateway.yml, live-recordings-suite"})
    void theExpressionIsOneThatEveryGatewayReads(String file, String name) {
        String expression = route(Manifests.optional(file), name).pattern();

        assertTrue(expression.startsWith("/"), expression);
        assertFalse(Pattern.compile("[\\s{};$^\\\\]").matcher(expression).find(), expression);
    }

    @Test
    void theNetworkIsOpenedToTheGatewaysNamespaceOnly() {
        JsonNode policy =
                gateway.the("NetworkPolicy", "live-recordings-gateway").at("/spec");

        assertEquals("[\"Ingress\"]", policy.at("/policyTypes").toString());
        assertEquals(1, policy.at("/ingress").size());
        assertEquals(1, policy.at("/ingress/0/from").size());
        assertEquals(
                gateway.the("HTTPRoute").at("/spec/parentRefs/0/namespace").asText(),
                policy.at(NAMESPACE).asText());
        assertEquals(
                "[{\"protocol\":\"TCP\",\"port\":\"http\"}]",
                policy.at("/ingress/0/ports").toString());
        assertEquals(
                "{\"app.kubernetes.io/name\":\"live-recordings\"}",
                policy.at("/podSelector/matchLabels").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "Recordings, true",
        "recordings/75a90276-e47e-4e9e-b463-e3c743d50001, true",
        "RECORDINGS/, true",
        "LiveRecordings, false",
        "RecordingsAndMore, false"
    })
    void theSiblingGoesToTheSuiteItself(String path, boolean goes) {
        JsonNode ingress = suite.the("Ingress", "live-recordings-suite").at("/spec/rules/0/http/paths/0");
        Pattern location = Pattern.compile("^" + ingress.at("/path").asText(), Pattern.CASE_INSENSITIVE);

        assertEquals(goes, location.matcher(API + path).find());
        assertEquals(
                goes,
                route(suiteGateway, "live-recordings-suite").matcher(API + path).matches());
    }

    @Test
    void theSuiteIsAServiceWithoutPodsAtItsOwnAddress() {
        JsonNode service = suite.the("Service", "ucx-suite");
        JsonNode slice = suite.the("EndpointSlice", "ucx-suite");

        assertTrue(service.at("/spec/selector").isMissingNode());
        assertTrue(service.at("/spec/type").isMissingNode());
        assertEquals(
                "ucx-suite",
                slice.at("/metadata/labels/kubernetes.io~1service-name").asText());
        assertEquals(service.at("/spec/ports/0/name"), slice.at("/ports/0/name"));
        assertEquals(
                "{\"name\":\"ucx-suite\",\"port\":{\"name\":\"https\"}}",
                suite.the("Ingress", "live-recordings-suite")
                        .at("/spec/rules/0/http/paths/0/backend/service")
                        .toString());
        assertEquals(
                "[{\"name\":\"ucx-suite\",\"port\":443}]",
                suiteGateway
                        .the("HTTPRoute", "live-recordings-suite")
                        .at("/spec/rules/0/backendRefs")
                        .toString());
    }

    @Test
    void theSuiteIsReachedThroughTlsUnderItsOwnName() {
        JsonNode ingress = suite.the("Ingress", "live-recordings-suite").at("/metadata/annotations");
        JsonNode policy = suiteGateway.the("BackendTLSPolicy", "ucx-suite").at("/spec");

        assertEquals(
                "HTTPS",
                ingress.path("nginx.ingress.kubernetes.io/backend-protocol").asText());
        assertEquals(
                "ucx.example.com",
                ingress.path("nginx.ingress.kubernetes.io/upstream-vhost").asText());
        assertEquals("ucx.example.com", policy.at("/validation/hostname").asText());
        assertEquals(
                "ucx.example.com",
                suiteGateway
                        .the("HTTPRoute", "live-recordings-suite")
                        .at("/spec/rules/0/filters/0/urlRewrite/hostname")
                        .asText());
    }

    private static Pattern route(Manifests manifests, String name) {
        JsonNode path = manifests.the("HTTPRoute", name).at("/spec/rules/0/matches/0/path");
        assertEquals("RegularExpression", path.at("/type").asText());
        return Pattern.compile(path.at("/value").asText());
    }
}
