package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.packaged.Helm.Output;

/** What the chart gives Prometheus and its operator. */
class ChartMonitoringIT {

    private static final String POD = "/spec/template/metadata/annotations/prometheus.io~1";

    @TempDir
    Path folder;

    @BeforeAll
    static void needsHelm() {
        assumeTrue(Helm.program("helm").isPresent(), "LEFT OUT: ChartMonitoringIT, there is no helm: .ci/helm gets it");
    }

    @Test
    void rulesAreTakenAsTheyAre() throws IOException {
        String rules = """
                groups:
                  - name: live-recordings
                    rules:
                      - alert: Down
                        expr: up{job="live-recordings"} == 0
                        annotations: {summary: "{{ $labels.instance }} is down"}
                """;
        Path file = Files.writeString(folder.resolve("rules.yml"), rules);

        Manifests rendered = Helm.template(
                "--set",
                "app.prometheusRule.enabled=true,app.prometheusRule.labels.release=prometheus",
                "--set-file",
                "app.prometheusRule.rules=" + file);

        JsonNode rule = rendered.the("PrometheusRule");
        assertEquals(Manifests.parse(rules).all().get(0), rule.at("/spec"));
        assertEquals("{\"release\":\"prometheus\"}", rule.at("/metadata/labels").toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            groups: [                                                     | isn't YAML with groups at its top
            - name: a                                                     | isn't YAML with groups at its top
            up == 0                                                       | isn't YAML with groups at its top
            # nothing                                                     | must have groups at its top
            grups: []                                                     | must have groups at its top
            groups: []                                                    | must have groups at its top
            groups: {}                                                    | must have groups at its top
            {groups: [{name: a, rules: [{alert: A, expr: up}]}], more: 1} | has at its top what isn't known there: more
            groups: [a]                                                   | groups[0] must have a name and rules
            groups: [{name: a, ruls: []}]                                 | groups[0] must have a name and rules
            groups: [{name: a, rules: {}}]                                | groups[0] must have a name and rules
            groups: [{rules: [{alert: A, expr: up}]}]                     | groups[0] must have a name and rules
            groups: [{name: a, intervall: 1m, rules: [{alert: A, expr: up}]}] | groups[0] has what isn't known there: intervall
            groups: [{name: a, rules: [{record: a, expr: up}]}, {name: a, rules: [{record: b, expr: up}]}] | groups[1] has the name of another group, a
            groups: [{name: a, rules: [A]}]                               | groups[0].rules[0] must have an expr
            groups: [{name: a, rules: [{alert: A, exp: up}]}]             | groups[0].rules[0] must have an expr
            groups: [{name: a, rules: [{expr: up}]}]                      | groups[0].rules[0] must have an expr, and either an alert or a record
            groups: [{name: a, rules: [{alert: A, record: b, expr: up}]}] | groups[0].rules[0] must have an expr, and either an alert or a record
            groups: [{name: a, rules: [{alert: A, expr: up, four: 5m}]}]  | groups[0].rules[0] has what isn't known there: four
            """)
    void aFileOfSomethingElseIsRefused(String rules, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("rules.yml"), rules);

        Output output = Helm.run(
                "helm",
                "template",
                Helm.CHART.toString(),
                "--set",
                "app.prometheusRule.enabled=true",
                "--set-file",
                "app.prometheusRule.rules=" + file);

        assertEquals(1, output.exitCode(), output.text());
        assertTrue(output.text().contains("app.prometheusRule.rules: " + message), output.text());
    }

    @Test
    void theServiceMonitorFindsTheService() {
        JsonNode monitor =
                Helm.template("--set", "app.serviceMonitor.enabled=true").the("ServiceMonitor");

        assertEquals(
                Manifests.kubernetes().the("Service").at("/spec/selector"), monitor.at("/spec/selector/matchLabels"));
        assertEquals(
                "[{\"port\":\"http\",\"path\":\"/q/metrics\",\"interval\":\"30s\"}]",
                monitor.at("/spec/endpoints").toString());
    }

    @Test
    void eachPodIsScrapedOnce() {
        Manifests rendered = Helm.template();

        JsonNode deployment = rendered.the("Deployment");
        assertEquals("true", deployment.at(POD + "scrape").asText());
        assertTrue(rendered.all().stream()
                .noneMatch(resource ->
                        resource.at("/metadata/annotations").toString().contains("prometheus.io")));
    }

    @Test
    void whatTheOperatorScrapesNobodyElseDoes() {
        Manifests rendered = Helm.template("--set", "app.serviceMonitor.enabled=true");

        assertEquals("false", rendered.the("Deployment").at(POD + "scrape").asText());
    }

    @Test
    void thePodsAreScrapedAtTheirPort() {
        Manifests rendered = Helm.template("--set", "app.ports.http=9090");

        assertEquals("9090", rendered.the("Deployment").at(POD + "port").asText());
    }

    @Test
    void withACertificateThePodsAreScrapedOverTls() {
        Manifests rendered = Helm.template(
                "--set",
                "app.startupProbe.httpGet.scheme=HTTPS,app.livenessProbe.httpGet.scheme=HTTPS,"
                        + "app.readinessProbe.httpGet.scheme=HTTPS,app.serviceMonitor.enabled=true,"
                        + "app.serviceMonitor.tlsConfig.serverName=recordings.example.com");

        assertEquals("https", rendered.the("Deployment").at(POD + "scheme").asText());
        JsonNode endpoint = rendered.the("ServiceMonitor").at("/spec/endpoints/0");
        assertEquals("https", endpoint.at("/scheme").asText());
        assertEquals(
                "{\"serverName\":\"recordings.example.com\"}",
                endpoint.at("/tlsConfig").toString());
    }
}
