package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.elytron.security.common.BcryptUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.events.webhook.TestEndpoint;
import org.liverecordings.support.FakeIssuer;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.Programs;
import org.liverecordings.support.Prometheus;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestCertificate;
import org.liverecordings.support.TestTokens;

/** What the service tells Prometheus, and that dashboard and alerts ask for nothing else. */
class PrometheusIT {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Duration LONG = Duration.ofSeconds(60);

    private static Replicas replicas;
    private static FakeIssuer issuer;
    private static TestEndpoint endpoint;
    private static ServiceProcess service;
    private static Map<String, Double> atStart;

    @BeforeAll
    static void start() throws IOException {
        replicas = new Replicas(PostgresServer.shared());
        issuer = FakeIssuer.start().publish("k", TestTokens.otherKeys(0));
        endpoint = new TestEndpoint();
        TestCertificate certificate = TestCertificate.forName("ip:127.0.0.1");
        Path lines = Files.createTempFile("lines", ".csv");
        Files.writeString(lines, Replicas.DEVICE + ",101,alice,true,false\nSEP2,102,bob,true,false\n");
        Path users = Files.createTempFile("users", ".txt");
        Files.writeString(users, "bob:" + BcryptUtil.bcryptHash("right", 4) + ":10\n");
        Map<String, String> settings = replicas.embedded();
        settings.put("LIVE_RECORDINGS_BASIC_USERS_FILE", users.toString());
        settings.put("LIVE_RECORDINGS_METRICS_COUNT_INTERVAL", "200ms");
        settings.put("LIVE_RECORDINGS_LINES_FILE", lines.toString());
        settings.put("LIVE_RECORDINGS_SIGN_IN_ISSUERS", issuer.name());
        settings.putAll(TestEndpoint.settings("CRM", endpoint.url()));
        settings.put("QUARKUS_HTTP_SSL_CERTIFICATE_FILES", certificate.pemFile().toString());
        settings.put(
                "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES", certificate.keyFile().toString());
        settings.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(ServiceProcess.freePort()));
        service = ServiceProcess.start(settings);
        atStart = metrics();
        // It is told of what happens from then on.
        Awaitility.await()
                .atMost(LONG)
                .until(() -> replicas.count("SELECT count(*) AS n FROM webhook WHERE name = 'crm'") == 1);
        assertEquals(204, stopInATrace().status());
        assertEquals(409, Replicas.stop(service, UUID.randomUUID()).status());
        assertEquals(400, Replicas.stop(service, "/no-guid").status());
        assertEquals(
                401,
                RawHttp.delete(service.uri(), Replicas.API + "/Mine", "no-token")
                        .status());
        assertEquals(409, asBob("right"));
        assertEquals(401, asBob("wrong"));
        assertEquals(
                401,
                RawHttp.send(service.uri(), "DELETE", Replicas.API + "/Mine", "Authorization: Token x")
                        .status());
        replicas.record();
    }

    private static int asBob(String password) {
        String credentials = Base64.getEncoder().encodeToString(("bob:" + password).getBytes(StandardCharsets.UTF_8));
        return RawHttp.send(service.uri(), "DELETE", Replicas.API + "/Mine", "Authorization: Basic " + credentials)
                .status();
    }

    private static RawHttp.Answer stopInATrace() {
        return RawHttp.send(
                service.uri(),
                "DELETE",
                Replicas.API + '/' + replicas.record(),
                "Authorization: Bearer " + TestTokens.complete(),
                "traceparent: " + TRACEPARENT);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        issuer.close();
        endpoint.close();
        replicas.close();
    }

    /** Another replica may deliver it, and later. */
    @Test
    void whoeverReceivesAStopReceivesItsTraceAsWell() {
        Awaitility.await().atMost(LONG).until(() -> !endpoint.received().isEmpty());

        assertEquals(TRACEPARENT, endpoint.received().get(0).header("traceparent"));
        assertTrue(service.log().contains(" traceId=" + TRACEPARENT.substring(3, 35)), service::log);
    }

    @Test
    void whatWasAskedIsCountedOnce() {
        Map<String, Double> metrics = metrics();

        String stops = "live_recordings_operations_total{operation=\"stop\",outcome=\"%s\",reason=\"%s\"}";
        assertEquals(1, metrics.get(stops.formatted("done", "none")));
        assertEquals(2, metrics.get(stops.formatted("not-live", "none")));
        assertEquals(1, metrics.get(stops.formatted("rejected", "0")));
        assertEquals(0, metrics.get(stops.formatted("unknown", "none")));
        assertEquals(
                1,
                metrics.get("live_recordings_operation_duration_seconds_count{operation=\"stop\",outcome=\"done\"}"));
        assertEquals(1, metrics.get("live_recordings_recorder_calls_total{outcome=\"done\",recorder=\"embedded\"}"));
        assertEquals(
                1,
                metrics.get(
                        "live_recordings_recorder_try_duration_seconds_count{outcome=\"done\",recorder=\"embedded\"}"));
        assertEquals(3, metrics.get("live_recordings_sign_ins_total{outcome=\"accepted\",way=\"bearer\"}"));
        assertEquals(1, metrics.get("live_recordings_sign_ins_total{outcome=\"unacceptable\",way=\"bearer\"}"));
        assertEquals(1, metrics.get("live_recordings_sign_ins_total{outcome=\"accepted\",way=\"basic\"}"));
        assertEquals(
                1, metrics.get("live_recordings_sign_ins_total{outcome=\"wrong-user-or-password\",way=\"basic\"}"));
        assertEquals(1, metrics.get("live_recordings_sign_ins_total{outcome=\"unknown-scheme\",way=\"unknown\"}"));
        assertEquals(
                4,
                metrics.get("live_recordings_token_cache_lookups_total{result=\"hit\"}")
                        + metrics.get("live_recordings_token_cache_lookups_total{result=\"miss\"}"));
    }

    @Test
    void whatIsKeptIsCountedBesideTheRequests() {
        Awaitility.await()
                .atMost(LONG)
                .until(() ->
                        Double.valueOf(1).equals(metrics().get("live_recordings_recordings{state=\"recording\"}")));

        Map<String, Double> metrics = metrics();
        assertEquals(2, metrics.get("live_recordings_inventory_lines"));
        assertEquals(0, metrics.get("live_recordings_holds"));
        assertEquals(4, metrics.get("live_recordings_audit_entries"));
        assertEquals(0, metrics.get("live_recordings_stop_leases{state=\"asking\"}"));
        assertEquals(1, metrics.get("live_recordings_database_up"));
        assertEquals(12, metrics.get("live_recordings_database_connections_limit"));
        assertEquals(1, metrics.get("live_recordings_recorder_circuit{recorder=\"embedded\",state=\"closed\"}"));
        double twoDays = metrics.get("live_recordings_server_certificate_expiry_timestamp_seconds")
                - System.currentTimeMillis() / 1000.0;
        assertTrue(twoDays > 86_400 && twoDays <= 2 * 86_400, () -> twoDays + " s");
    }

    @Test
    void everyMetricIsExplainedAndNoOther() throws IOException {
        Awaitility.await().atMost(LONG).until(() -> metrics().containsKey("live_recordings_audit_entries"));
        Set<String> there = new TreeSet<>();
        metrics()
                .keySet()
                .forEach(series -> there.add(series.replaceAll("\\{.*|_(bucket|count|sum|max)$", "")
                        .replaceAll("_seconds_(bucket|count|sum|max)$", "_seconds")));
        Set<String> explained = new TreeSet<>();
        Matcher named = Pattern.compile("(?m)^\\| (`live_recordings_.*?`) \\|")
                .matcher(Files.readString(Path.of("docs/observing.md")));
        while (named.find()) {
            explained.addAll(List.of(named.group(1).replace("`", "").split(", ")));
        }

        assertEquals(explained, there);
    }

    /** The first event of a series that only comes with it is no increase. */
    @Test
    void whatAlertsTakeTheIncreaseOfIsThereBeforeTheFirstRequest() throws IOException {
        Set<String> increasing = new TreeSet<>();
        for (String expression : expressions("alerts.yml", new YAMLMapper())) {
            Matcher found = Pattern.compile("(?:rate|increase)\\((\\w+)(\\{operation=\"\\w+\")?")
                    .matcher(expression);
            while (found.find()) {
                increasing.add(found.group(1) + Objects.requireNonNullElse(found.group(2), ""));
            }
        }
        assertTrue(increasing.size() >= 5, increasing::toString);

        Set<String> late = new TreeSet<>(metrics().keySet());
        late.removeAll(atStart.keySet());
        late.removeIf(series -> increasing.stream().noneMatch(series::startsWith));

        assertEquals(Set.of(), late);
    }

    /** A label that Prometheus gives to targets as well would be renamed, and an alert would name the machine for the recorder. */
    @Test
    void noLabelIsOneThatPrometheusGivesToTargets() {
        Set<String> labels = new TreeSet<>();
        Matcher label = Pattern.compile("[{,](\\w+)=\"").matcher(allMetrics());
        while (label.find()) {
            labels.add(label.group(1));
        }

        labels.retainAll(Set.of(
                "instance", "job", "node", "namespace", "pod", "container", "service", "endpoint", "app", "cluster"));

        assertEquals(Set.of(), labels);
    }

    /** What is left is how Micrometer and MicroProfile Fault Tolerance ({@code ft_}) name and write theirs. */
    @Test
    void prometheusOwnToolReadsTheMetricsAndFindsNothingElseToMend() throws Exception {
        assumeTrue(Programs.find("promtool").isPresent(), "LEFT OUT: promtool is not installed");
        Path metrics = Files.writeString(Files.createTempFile("metrics", ".txt"), allMetrics());

        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(metrics.toFile())
                .redirectErrorStream(true)
                .start();

        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Files.delete(metrics);
        assertEquals(
                List.of(
                        "http_server_connections_seconds_active_count no help text",
                        "http_server_connections_seconds_duration_sum no help text",
                        "process_cpu_time_ns_total metric names should not contain abbreviated units",
                        "system_cpu_count non-histogram and non-summary metrics should not have \"_count\" suffix"),
                output.lines().filter(line -> !line.startsWith("ft_")).toList());
    }

    @Test
    void everyExpressionOfTheDashboardAndTheAlertsFindsItsMetrics() throws IOException {
        Optional<Path> program = Prometheus.program();
        assumeTrue(program.isPresent(), "LEFT OUT: prometheus is not installed");
        Set<String> expressions = new TreeSet<>(expressions("dashboard.json", new ObjectMapper()));
        expressions.addAll(expressions("alerts.yml", new YAMLMapper()));
        assertTrue(expressions.size() > 50, expressions::toString);
        Set<String> selectors = new TreeSet<>();
        expressions.forEach(expression -> selectors.addAll(selectors(expression)));

        try (Prometheus prometheus = Prometheus.scraping(program.get(), service)) {
            List<String> missing = new ArrayList<>(selectors);
            try {
                Awaitility.await().atMost(LONG).until(() -> {
                    missing.removeIf(selector -> prometheus.size(selector) > 0);
                    return missing.isEmpty();
                });
            } finally {
                assertEquals(List.of(), missing);
            }
            assertEquals(
                    List.of(),
                    expressions.stream()
                            .filter(expression -> prometheus.size(expression) < 0)
                            .toList());
        }
    }

    private static List<String> expressions(String file, ObjectMapper reader) throws IOException {
        return reader.readTree(Path.of("src/main/observability", file).toFile()).findValuesAsText("expr").stream()
                .map(expression -> expression.replace("$__rate_interval", "1m"))
                .toList();
    }

    /** The series that an expression asks for. */
    private static List<String> selectors(String expression) {
        List<String> selectors = new ArrayList<>();
        Matcher found = Pattern.compile("\\b(?:live_recordings|http_|jvm_|process_)[\\w:]+(?:\\{[^}]*})?")
                .matcher(expression);
        while (found.find()) {
            selectors.add(found.group());
        }
        return selectors;
    }

    /** As text: without the header it is OpenMetrics, which Prometheus' tools don't read. */
    private static String allMetrics() {
        return RawHttp.send(service.uri(), "GET", "/q/metrics", "Accept: text/plain")
                .body();
    }

    /** The values by name and labels, these in alphabetical order. */
    private static Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        allMetrics().lines().filter(line -> line.startsWith("live_recordings_")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            metrics.put(
                    line.substring(0, space).replace(",}", "}").replace("{}", ""),
                    Double.valueOf(line.substring(space + 1)));
        });
        return metrics;
    }
}
