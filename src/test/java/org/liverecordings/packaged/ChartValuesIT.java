package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.packaged.Helm.Output;

/** One value changes all that goes with it. */
class ChartValuesIT {

    private static final String CONTAINER = "/spec/template/spec/containers/0";
    private static final String TLS =
            "app.startupProbe.httpGet.scheme=HTTPS,app.livenessProbe.httpGet.scheme=HTTPS,app.readinessProbe.httpGet.scheme=HTTPS";

    @BeforeAll
    static void needsHelm() {
        assumeTrue(Helm.program("helm").isPresent(), "LEFT OUT: ChartValuesIT, there is no helm: .ci/helm gets it");
    }

    @Test
    void theSecretsThatAreCreatedAreThoseThatTheReplicasWant() {
        Manifests rendered =
                Helm.template("--set", "app.secrets.create=true,app.secrets.passwords=mine,app.secrets.keys=mykeys");

        List<String> secrets = rendered.all().stream()
                .filter(resource -> resource.at("/kind").asText().equals("Secret"))
                .map(resource -> resource.at("/metadata/name").asText())
                .toList();
        assertEquals(List.of("mine", "mykeys"), secrets);
        JsonNode pod = rendered.the("Deployment").at("/spec/template/spec");
        assertEquals("mine", pod.at("/containers/0/envFrom/1/secretRef/name").asText());
        assertEquals(List.of("mykeys"), pod.at("/volumes").findValuesAsText("secretName"));
    }

    @Test
    void theServiceListensAtThePortOfThePods() {
        Manifests rendered = Helm.template("--set", "app.ports.http=9090");

        JsonNode container = rendered.the("Deployment").at(CONTAINER);
        assertEquals("9090", variable(container, "QUARKUS_HTTP_PORT"));
        assertEquals(9090, container.at("/ports/0/containerPort").asInt());
        assertEquals(9090, container.at("/livenessProbe/httpGet/port").asInt());
        assertEquals(
                9090, rendered.the("Service").at("/spec/ports/0/targetPort").asInt());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.settings.QUARKUS_HTTP_PORT=9090",
                "app.env[0].name=PORT,app.env[0].value=9090",
            })
    void aPortThatIsSetIsNotSetTwice(String setting) {
        Manifests rendered = Helm.template("--set", "app.ports.http=9090", "--set-string", setting);

        List<String> names = rendered.the("Deployment").at(CONTAINER + "/env").findValuesAsText("name");
        assertFalse(names.contains("QUARKUS_HTTP_PORT"), names::toString);
    }

    /** 8443 is where the framework listens for TLS by itself. */
    @ParameterizedTest
    @CsvSource({"8443, ''", "9443, 9443", "8080, 8080"})
    void withACertificateOnlyTlsIsSpoken(int port, String setting) {
        Manifests rendered = Helm.template("--set", TLS + ",app.ports.http=" + port);

        JsonNode container = rendered.the("Deployment").at(CONTAINER);
        assertEquals(setting, variable(container, "QUARKUS_HTTP_SSL_PORT"));
        assertEquals("disabled", variable(container, "QUARKUS_HTTP_INSECURE_REQUESTS"));
        assertEquals(
                "HTTPS",
                rendered.the("Ingress")
                        .at("/metadata/annotations/nginx.ingress.kubernetes.io~1backend-protocol")
                        .asText());
    }

    @Test
    void toReplaceThemAllAtOnceTheTypeIsEnough() {
        Manifests rendered = Helm.template("--set", "app.strategy.type=Recreate");

        assertEquals(
                "{\"type\":\"Recreate\"}",
                rendered.the("Deployment").at("/spec/strategy").toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type=PathPrefix                                     | PathPrefix        | /fw/Apps/Recorder/WebAPI/LiveRecordings
            type=PathPrefix,app.gateway.path.value=/Recorder/   | PathPrefix        | /Recorder/
            type=RegularExpression,app.gateway.path.value=/fw.* | RegularExpression | /fw.*
            """)
    void thePathOfTheGatewayIsOneOfItsType(String values, String type, String path) {
        Manifests rendered = Helm.template("--set", "app.gateway.enabled=true,app.gateway.path." + values);

        assertEquals(
                "{\"type\":\"" + type + "\",\"value\":\"" + path + "\"}",
                rendered.the("HTTPRoute").at("/spec/rules/0/matches/0/path").toString());
    }

    /** YAML takes each of them for a number or a word of its own, unless it is quoted. */
    @ParameterizedTest
    @ValueSource(strings = {"12345", "1e3", "0", "true", "null", "0x1f", "1.0"})
    void whatIsATextStaysOne(String text) {
        Manifests rendered = Helm.template(
                "--set",
                "app.secrets.create=true,app.gateway.enabled=true,app.migration.enabled=true",
                "--set-string",
                List.of(
                                "app.image",
                                "app.secrets.passwords",
                                "app.ingress.tlsSecret",
                                "app.ingress.className",
                                "app.host",
                                "app.gateway.name",
                                "app.prometheusRule.labels.release")
                        .stream()
                        .map(value -> value + "=" + text)
                        .reduce((one, other) -> one + "," + other)
                        .orElseThrow());

        JsonNode container = rendered.the("Deployment").at(CONTAINER);
        JsonNode ingress = rendered.the("Ingress").at("/spec");
        List<JsonNode> texts = List.of(
                container.at("/image"),
                container.at("/envFrom/1/secretRef/name"),
                rendered.the("Secret", text).at("/metadata/name"),
                ingress.at("/tls/0/secretName"),
                ingress.at("/tls/0/hosts/0"),
                ingress.at("/ingressClassName"),
                ingress.at("/rules/0/host"),
                rendered.the("HTTPRoute").at("/spec/hostnames/0"),
                rendered.the("HTTPRoute").at("/spec/parentRefs/0/name"));
        assertEquals(
                List.of(),
                texts.stream()
                        .filter(node -> !node.isTextual() || !node.asText().equals(text))
                        .toList());
    }

    @Test
    void theMigrationTakesTheSameTexts() {
        JsonNode pod = Helm.template(
                        "--set-string",
                        "app.settings.LIVE_RECORDINGS_REGISTRY=postgresql,app.image=12345,app.secrets.passwords=1e3,app.secrets.keys=0")
                .the("Job", "live-recordings-migration")
                .at("/spec/template/spec");

        assertEquals(
                "[\"12345\",\"1e3\",\"0\"]",
                "[" + pod.at("/containers/0/image") + "," + pod.at("/containers/0/envFrom/1/secretRef/name") + ","
                        + pod.at("/volumes/0/secret/secretName") + "]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app.replicas.max=6                               | true
            app.replicas.min=1,app.replicas.max=1            | false
            app.settings.LIVE_RECORDINGS_REGISTRY=postgresql | false
            """)
    void whoeverInstallsReplicasWithoutADatabaseIsWarned(String values, boolean isWarned) {
        Output output = Helm.run("helm", "install", "lr", Helm.CHART.toString(), "--dry-run=client", "--set", values);

        assertEquals(0, output.exitCode(), output.text());
        assertEquals(
                isWarned, output.text().contains("Each replica knows only what it has recorded itself"), output.text());
    }

    /** Its value; empty if it isn't there. */
    private static String variable(JsonNode container, String name) {
        return StreamSupport.stream(container.at("/env").spliterator(), false)
                .filter(variable -> variable.at("/name").asText().equals(name))
                .map(variable -> variable.at("/value").asText())
                .findFirst()
                .orElse("");
    }
}
