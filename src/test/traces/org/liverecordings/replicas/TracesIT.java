package org.liverecordings.replicas;

import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.replicas.SpanCollector.attribute;
import static org.liverecordings.replicas.SpanCollector.hex;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.trace.v1.Span;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.events.webhook.TestEndpoint;
import org.liverecordings.events.webhook.TestEndpoint.Received;
import org.liverecordings.support.FakeSuite;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** The spans of the build that makes them, as a collector gets them. */
class TracesIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String PASSWORD = "the-password-for-the-suite";
    private static final String PATH_TOKEN = "T0ken-1n-the-path";
    private static final String QUERY_TOKEN = "T0ken-1n-the-query";

    private static final String BUCKET = "live_recordings_operation_duration_seconds_bucket";

    private static final Predicate<Span> IS_DELIVERY = span -> span.getName().equals("webhook");
    private static final Predicate<Span> IS_TRY = span -> span.getName().equals("DELETE");

    private static SpanCollector collector;
    private static FakeSuite suite;
    private static TestEndpoint endpoint;
    private static Replicas replicas;
    private static ServiceProcess service;

    private final String trace = newTrace();
    private final String request = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        collector = new SpanCollector();
        suite = FakeSuite.start();
        endpoint = new TestEndpoint();
        replicas = new Replicas(PostgresServer.shared());
        Map<String, String> settings = settings(collector.endpoint());
        settings.put("LIVE_RECORDINGS_EVENTS_ENABLED", "true");
        String url = endpoint.url() + '/' + PATH_TOKEN + "?token=" + QUERY_TOKEN;
        settings.putAll(TestEndpoint.settings("CRM", url));
        service = ServiceProcess.start(settings);
        Awaitility.await()
                .atMost(LONG)
                .until(() -> replicas.count("SELECT count(*) AS n FROM webhook WHERE name = 'crm'") == 1);
    }

    private static Map<String, String> settings(String address) {
        Map<String, String> settings = replicas.imagicle(suite.uri());
        settings.put("LIVE_RECORDINGS_IMAGICLE_PASSWORD", PASSWORD);
        // A process's first request takes long.
        settings.put("LIVE_RECORDINGS_GUARD_DEADLINE", "20s");
        settings.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "9s");
        settings.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        settings.put("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", address);
        settings.put("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms");
        return settings;
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        replicas.close();
        endpoint.close();
        suite.close();
        collector.close();
    }

    @BeforeEach
    void suiteStops() {
        suite.behave(FakeSuite.answer(204));
    }

    @Test
    void eachTryStatementAndDeliveryHangsBelowTheRequestAndThatBelowTheCaller() {
        int before = suite.requests().size();
        suite.behave(exchange -> {
            if (suite.requests().size() == before + 1) {
                exchange.reset();
            }
            FakeSuite.answer(204).answer(exchange);
        });

        RawHttp.Answer answer = stop(service, "traceparent: " + traceparent("01"), "tracestate: a=1,b=2");

        assertEquals(204, answer.status());
        List<Span> spans = collector.await(trace, IS_DELIVERY);
        Span server = only(spans, span -> span.getKind() == SPAN_KIND_SERVER);
        assertEquals(CALLER, hex(server.getParentSpanId()));
        assertEquals(request, attribute(server, "http.request.id"));

        List<Span> tries = spans.stream().filter(IS_TRY).toList();
        List<FakeSuite.Request> asked =
                suite.requests().subList(before, suite.requests().size());
        assertEquals(2, tries.size());
        assertEquals(Set.of(hex(server.getSpanId())), parents(tries));
        assertEquals(
                tries.stream().map(this::traceparent).collect(Collectors.toSet()),
                asked.stream().map(call -> only(call, "traceparent")).collect(Collectors.toSet()));
        asked.forEach(call -> assertEquals("a=1,b=2", only(call, "tracestate")));

        Span delivery = only(spans, IS_DELIVERY);
        assertEquals(server.getSpanId(), delivery.getParentSpanId());
        assertEquals(List.of(traceparent(delivery)), received().headers().get("traceparent"));

        List<Span> statements = spans.stream()
                .filter(span -> span.toString().contains("audit_entry"))
                .toList();
        assertFalse(statements.isEmpty(), spans::toString);
        assertEquals(Set.of(hex(server.getSpanId())), parents(statements));
        Set<String> parents = parents(spans);
        spans.forEach(span -> parents.remove(hex(span.getSpanId())));
        assertEquals(Set.of(CALLER), parents);

        assertEquals(List.of(trace), traceIdsInTheLog());
        assertEquals(1, replicas.count("SELECT count(*) AS n FROM audit_entry WHERE correlation_id = ?", request));
    }

    @Test
    void aRequestWithoutATraceBeginsOneThatAllKnow() {
        int before = suite.requests().size();

        stop(service);

        String begun = traceIdsInTheLog().get(0);
        List<Span> spans = collector.await(begun, IS_DELIVERY);
        Span server = only(spans, span -> span.getKind() == SPAN_KIND_SERVER);
        assertEquals("", hex(server.getParentSpanId()));
        assertEquals(request, attribute(server, "http.request.id"));
        assertEquals(
                "00-" + begun + '-' + hex(only(spans, IS_TRY).getSpanId()) + "-01",
                only(suite.requests().get(before), "traceparent"));
    }

    @Test
    void whatTheCallerDoesNotSampleIsPassedOnWithoutSpans() {
        int before = suite.requests().size();
        suite.behave(exchange -> {
            if (suite.requests().size() == before + 1) {
                exchange.reset();
            }
            FakeSuite.answer(204).answer(exchange);
        });

        stop(service, "traceparent: " + traceparent("00"), "tracestate: a=1");

        String received = received().header("traceparent");
        String later = newTrace();
        stop(service, "traceparent: 00-" + later + '-' + CALLER + "-01");
        collector.await(later, IS_DELIVERY);
        assertEquals(List.of(), collector.spans(trace));
        assertTrue(received.matches("00-" + trace + "-[0-9a-f]{16}-00"), received);
        for (FakeSuite.Request asked : suite.requests().subList(before, before + 2)) {
            assertTrue(only(asked, "traceparent").matches("00-" + trace + "-[0-9a-f]{16}-00"), asked::toString);
            assertEquals("a=1", only(asked, "tracestate"));
        }
        assertEquals(List.of(trace), traceIdsInTheLog().subList(0, 1));
    }

    @Test
    void ofWhatBringsNoTraceAsMuchIsSampledAsIsSet() {
        Map<String, String> settings = settings(collector.endpoint());
        settings.put("QUARKUS_OTEL_TRACES_SAMPLER_ARG", "0");
        settings.put("QUARKUS_OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=test");
        settings.put("QUARKUS_OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer for-the-collector");
        int before = suite.requests().size();

        try (ServiceProcess other = ServiceProcess.start(settings)) {
            stop(other);
            stop(other, "traceparent: " + traceparent("01"));
            collector.await(trace, IS_TRY);
        }

        String unsampled = only(suite.requests().get(before), "traceparent");
        assertTrue(unsampled.endsWith("-00"), unsampled);
        assertEquals(List.of(), collector.spans(unsampled.substring(3, 35)));
        assertEquals(Set.of("Bearer for-the-collector"), collector.credentials());
        assertTrue(collector.text().contains("deployment.environment"));
    }

    @Test
    void onlyRequestsOfTheApiMakeTraces() {
        for (String probe : List.of("/q/health/ready", "/q/health/live", "/q/metrics")) {
            assertEquals(200, RawHttp.send(service.uri(), "GET", probe).status());
        }
        aRequestThatIsPublished();

        List<Span> all = collector.spans();
        Set<String> requests = all.stream()
                .filter(span -> span.getKind() == SPAN_KIND_SERVER)
                .filter(span -> attribute(span, "url.path").startsWith("/fw/"))
                .map(span -> hex(span.getTraceId()))
                .collect(Collectors.toSet());
        assertEquals(requests, all.stream().map(span -> hex(span.getTraceId())).collect(Collectors.toSet()));
    }

    @Test
    void nothingSecretIsInASpan() {
        String bearer = TestTokens.complete();
        suite.behave(FakeSuite.answer(500));
        RawHttp.send(
                service.uri(),
                "DELETE",
                Replicas.API + '/' + UUID.randomUUID() + "?access_token=" + QUERY_TOKEN,
                "Authorization: Bearer " + bearer,
                "X-Request-Id: " + request);
        collector.await(traceIdsInTheLog().get(0), IS_TRY);

        aRequestThatIsPublished();

        String all = collector.text();
        assertTrue(all.contains(Replicas.API));
        for (String secret :
                List.of(bearer, PASSWORD, "Basic ", "Bearer ", TestEndpoint.SECRET, PATH_TOKEN, QUERY_TOKEN)) {
            assertFalse(all.contains(secret), secret);
        }
    }

    @Test
    void aBucketOfAHistogramShowsATraceThatFellIntoIt() {
        aRequestThatIsPublished();

        String metrics = RawHttp.send(
                        service.uri(),
                        "GET",
                        "/q/metrics",
                        // As Prometheus asks with scrape_protocols: [OpenMetricsText1.0.0].
                        "Accept: application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1")
                .body();
        Matcher exemplar = Pattern.compile(
                        BUCKET + "\\{[^}]*\"stop\"[^}]*}" + ".* # \\{.*trace_id=\"([0-9a-f]{32})\".*}")
                .matcher(metrics);
        assertTrue(exemplar.find(), metrics);
        assertFalse(collector.spans(exemplar.group(1)).isEmpty(), exemplar.group());
    }

    @Test
    void aCollectorThatHangsOrIsAwayHoldsUpNothing() {
        String away = "http://127.0.0.1:" + ServiceProcess.freePort();
        collector.hang();
        try (ServiceProcess withHanging = launch(collector.endpoint());
                ServiceProcess withNone = launch(away)) {
            ServiceProcess.ready(withHanging);
            ServiceProcess.ready(withNone);
            Set<Integer> statuses = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                for (ServiceProcess each : List.of(service, withHanging, withNone)) {
                    statuses.add(stop(each).status());
                }
            }

            assertEquals(Set.of(204), statuses);
            for (ServiceProcess each : List.of(service, withHanging, withNone)) {
                List<String> complaints = each.log()
                        .lines()
                        .filter(line -> line.contains("export"))
                        .toList();
                assertTrue(complaints.size() <= 20, complaints::toString);
            }
        } finally {
            collector.answer();
        }
        aRequestThatIsPublished();
    }

    private static ServiceProcess launch(String address) {
        return ServiceProcess.launch(ServiceProcess.freePort(), settings(address));
    }

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private void aRequestThatIsPublished() {
        suiteStops();
        stop(service, "traceparent: " + traceparent("01"));
        collector.await(trace, IS_DELIVERY);
    }

    private RawHttp.Answer stop(ServiceProcess asked, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Authorization: Bearer " + TestTokens.complete());
        all.add("X-Request-Id: " + request);
        return RawHttp.send(asked.uri(), "DELETE", Replicas.API + '/' + UUID.randomUUID(), all.toArray(String[]::new));
    }

    private String traceparent(String flags) {
        return "00-" + trace + '-' + CALLER + '-' + flags;
    }

    private String traceparent(Span span) {
        return "00-" + trace + '-' + hex(span.getSpanId()) + "-01";
    }

    /** The first delivery about this request. */
    private Received received() {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> endpoint.received().stream()
                        .anyMatch(received -> received.body().contains(request)));
        return endpoint.received().stream()
                .filter(received -> received.body().contains(request))
                .findFirst()
                .orElseThrow();
    }

    private static Span only(List<Span> spans, Predicate<Span> which) {
        List<Span> found = spans.stream().filter(which).toList();
        assertEquals(1, found.size(), spans::toString);
        return found.get(0);
    }

    private static Set<String> parents(List<Span> spans) {
        return spans.stream().map(span -> hex(span.getParentSpanId())).collect(Collectors.toSet());
    }

    private static String only(FakeSuite.Request asked, String header) {
        List<String> values = asked.headers().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(header + ":"))
                .map(line -> line.substring(header.length() + 1).strip())
                .toList();
        assertEquals(1, values.size(), asked::toString);
        return values.get(0);
    }

    /** Of the lines of this test's request. */
    private List<String> traceIdsInTheLog() {
        List<String> ids = new ArrayList<>();
        for (String line : service.log().lines().toList()) {
            JsonNode json = json(line);
            if (json.path("http.request.id").asText().equals(request)) {
                ids.add(json.path("trace.id").asText());
            }
        }
        return ids;
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
