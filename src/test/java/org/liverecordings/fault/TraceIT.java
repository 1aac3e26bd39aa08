package org.liverecordings.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.support.FakeSuite;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** By which a request is found again: at the suite that it was passed on to, and in a log that machines read. */
class TraceIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private static FakeSuite suite;
    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        suite = FakeSuite.start();
        Map<String, String> settings = SuiteInTrouble.settings(suite.uri());
        settings.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        service = ServiceProcess.start(settings);
    }

    @AfterAll
    static void stop() {
        service.close();
        suite.close();
    }

    @Test
    void theSuiteIsToldTheTraceWithEachTryAndSoAreTheLinesOfTheRequest() throws IOException {
        String id = UUID.randomUUID().toString();
        int before = suite.requests().size();
        suite.behave(exchange -> {
            if (suite.requests().size() == before + 1) {
                exchange.reset();
            }
            FakeSuite.answer(204).answer(exchange);
        });

        RawHttp.Answer answer = stop(id, "traceparent: " + TRACEPARENT, "tracestate: a=1", "tracestate: b=2");

        assertEquals(204, answer.status());
        List<FakeSuite.Request> asked =
                suite.requests().subList(before, suite.requests().size());
        assertEquals(2, asked.size());
        for (FakeSuite.Request request : asked) {
            assertEquals(List.of(TRACEPARENT), values(request, "traceparent"));
            assertEquals(List.of("a=1,b=2"), values(request, "tracestate"));
        }
        assertEquals(
                List.of(TRACE),
                lines(id).stream().map(line -> text(line, "trace.id")).toList());
    }

    @Test
    void aRequestWithoutATraceBeginsOne() throws IOException {
        suite.behave(FakeSuite.answer(204));
        String id = UUID.randomUUID().toString();
        int before = suite.requests().size();

        stop(id, "traceparent: 00-" + "0".repeat(32) + "-00f067aa0ba902b7-01", "tracestate: a=1");

        FakeSuite.Request request = suite.requests().get(before);
        String passedOn = values(request, "traceparent").get(0);
        assertTrue(passedOn.matches("00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-00"), passedOn);
        assertEquals(List.of(), values(request, "tracestate"));
        assertEquals(passedOn.substring(3, 35), text(lines(id).get(0), "trace.id"));
    }

    @Test
    void aRequestLeavesOneLineHoweverItEnds() throws IOException {
        String refused = UUID.randomUUID().toString();
        String failed = UUID.randomUUID().toString();
        String stopped = UUID.randomUUID().toString();
        String listed = UUID.randomUUID().toString();

        suite.behave(FakeSuite.answer(204));
        stop(stopped);
        RawHttp.send(
                service.uri(), "DELETE", SuiteInTrouble.API + "/Mine", "Authorization: Bearer x", request(refused));
        suite.behave(FakeSuite.answer(500));
        stop(failed);
        String bearer = "Authorization: Bearer " + TestTokens.complete();
        RawHttp.send(service.uri(), "GET", SuiteInTrouble.API, bearer, request(listed));

        for (String id : List.of(refused, failed, stopped, listed)) {
            assertEquals(1, lines(id).size(), () -> service.log());
        }
        assertEquals("WARN", text(lines(failed).get(0), "log.level"));
        assertEquals("INFO", text(lines(stopped).get(0), "log.level"));
    }

    @Test
    void everyLineIsJsonWithTheKeysOfTheSchema() throws IOException {
        suite.behave(FakeSuite.answer(204));
        stop(UUID.randomUUID().toString());

        List<JsonNode> lines = lines();

        Set<String> always = Set.of("@timestamp", "log.level", "log.logger", "message", "ecs.version", "service.name");
        for (JsonNode line : lines) {
            assertEquals(always, always.stream().filter(line::has).collect(Collectors.toSet()), line::toString);
        }
        assertEquals("live-recordings", text(lines.get(0), "service.name"));
    }

    private static RawHttp.Answer stop(String id, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Authorization: Bearer " + TestTokens.complete());
        all.add(request(id));
        return RawHttp.send(
                service.uri(), "DELETE", SuiteInTrouble.byId(UUID.randomUUID()), all.toArray(String[]::new));
    }

    private static String request(String id) {
        return "X-Request-Id: " + id;
    }

    private static List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : service.log().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    /** Those of one request, by its correlation id. */
    private static List<JsonNode> lines(String id) throws IOException {
        return lines().stream()
                .filter(line -> line.path("http.request.id").asText().equals(id))
                .toList();
    }

    private static String text(JsonNode line, String key) {
        return line.path(key).asText();
    }

    private static List<String> values(FakeSuite.Request request, String header) {
        return request.headers().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(header + ":"))
                .map(line -> line.substring(header.length() + 1).strip())
                .toList();
    }
}
