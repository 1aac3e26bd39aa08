package org.liverecordings.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.FakeSuite;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;

/** The suite stops the recording, and its reply never arrives: one 204 in all. */
class LostReplyIT {

    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private static FakeSuite suite;
    private static ServiceProcess withRetries;
    private static ServiceProcess withoutRetries;
    private static final AtomicInteger LINES = new AtomicInteger();

    private static final Pattern NUMBER = Pattern.compile("directoryNumber=(\\d+)");

    /** What the suite has stopped: each target is recorded once. */
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void start() {
        suite = FakeSuite.start();
        Map<String, String> settings = SuiteInTrouble.settings(suite.uri());
        withRetries = ServiceProcess.start(settings);
        settings.put("LIVE_RECORDINGS_GUARD_RETRIES", "0");
        withoutRetries = ServiceProcess.start(settings);
    }

    @AfterAll
    static void stop() {
        withRetries.close();
        withoutRetries.close();
        suite.close();
    }

    @BeforeEach
    void loseTheReplyOfEachStop() {
        suite.behave(exchange -> {
            String request = exchange.request().line();
            if (request.startsWith("GET ")) {
                FakeSuite.answer(200, "application/json", list(request)).answer(exchange);
            } else if (stopped.add(request)) {
                exchange.awaitEnd();
            } else {
                FakeSuite.answer(409).answer(exchange);
            }
        });
    }

    /** On each number one recording runs until it is stopped. */
    private String list(String request) {
        Matcher number = NUMBER.matcher(request);
        String id = number.find() ? new UUID(0, Long.parseLong(number.group(1))).toString() : "";
        boolean runs = stopped.stream().noneMatch(stop -> stop.contains(id));
        return runs ? "[{\"id\":\"" + id + "\",\"startedAt\":\"2026-01-01T12:00:00Z\",\"duration\":\"PT1S\"}]" : "[]";
    }

    /** A suite that carries a line's stop out late may do so on the line's next recording: the fewer are sent the better. */
    @Test
    void aStopThatIsForwardedByItsLineIsSentOnceAndConfirmedToTheRepetition() {
        String target = SuiteInTrouble.API + "?deviceName=SEP0&directoryNumber=" + LINES.incrementAndGet();
        SuiteInTrouble.assertProblem(504, SuiteInTrouble.stop(withRetries, target));
        assertEquals(
                1,
                suite.requests().stream()
                        .filter(request ->
                                request.line().contains("deviceName=SEP0&directoryNumber=" + LINES.get() + " "))
                        .count());

        RawHttp.Answer repeated = SuiteInTrouble.stop(withRetries, target);

        SuiteInTrouble.assertStopped(repeated);
        SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(withRetries, target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "line"})
    void theGuardsOwnRetryLearnsThatTheStopWasDone(String by) {
        String target = newTarget(by);

        SuiteInTrouble.Timed timed = SuiteInTrouble.timed(() -> SuiteInTrouble.stop(withRetries, target));

        SuiteInTrouble.assertStopped(timed.answer());
        timed.assertWithin(DEADLINE);
        SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(withRetries, target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "line"})
    void withoutRetriesTheClientsRepetitionGetsThe204(String by) {
        String target = newTarget(by);
        SuiteInTrouble.assertProblem(504, SuiteInTrouble.stop(withoutRetries, target));

        RawHttp.Answer repeated = SuiteInTrouble.stop(withoutRetries, target);

        SuiteInTrouble.assertStopped(repeated);
        SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(withoutRetries, target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "line"})
    void ofEightClientsAtOnceOneGetsThe204ThroughTheRetry(String by) {
        String target = newTarget(by);

        List<Integer> statuses = SuiteInTrouble.stopAtOnce(withRetries, target, 8);

        assertEquals(1, Collections.frequency(statuses, 204), statuses.toString());
        assertEquals(7, Collections.frequency(statuses, 409), statuses.toString());
        SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(withRetries, target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "line"})
    void ofEightClientsAtOnceOneGetsThe204WithoutRetries(String by) {
        String target = newTarget(by);

        List<Integer> statuses = SuiteInTrouble.stopAtOnce(withoutRetries, target, 8);

        assertEquals(1, Collections.frequency(statuses, 204), statuses.toString());
        assertEquals(1, Collections.frequency(statuses, 504), statuses.toString());
        assertEquals(6, Collections.frequency(statuses, 409), statuses.toString());
        SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(withoutRetries, target));
    }

    private static String newTarget(String by) {
        return by.equals("id")
                ? SuiteInTrouble.byId(UUID.randomUUID())
                : SuiteInTrouble.API + "?directoryNumber=" + LINES.incrementAndGet();
    }
}
