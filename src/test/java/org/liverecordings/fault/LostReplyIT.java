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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
            if (stopped.add(exchange.request().line())) {
                exchange.awaitEnd();
            } else {
                FakeSuite.answer(409).answer(exchange);
            }
        });
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
                : SuiteInTrouble.API + "?deviceName=SEP0&directoryNumber=" + LINES.incrementAndGet();
    }
}
