package org.liverecordings.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.support.FakeSuite;
import org.liverecordings.support.Pause;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** A request has one deadline, however many calls of the suite it takes. */
class OneDeadlineIT {

    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private static FakeSuite suite;
    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        suite = FakeSuite.start();
        Map<String, String> settings = SuiteInTrouble.settings(suite.uri());
        settings.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "1900ms");
        service = ServiceProcess.start(settings);
    }

    @AfterAll
    static void stop() {
        service.close();
        suite.close();
    }

    @Test
    void aSlowListLeavesTheStopWhatIsLeftOfTheTime() {
        suite.behave(exchange -> {
            if (exchange.request().line().startsWith("GET ")) {
                Pause.of(Duration.ofMillis(1500));
                FakeSuite.answer(
                                200,
                                "application/json",
                                "[{\"id\":\"" + UUID.randomUUID() + "\",\"startedAt\":\"2026-01-01T12:00:00Z\","
                                        + "\"duration\":\"PT1S\",\"localParty\":{\"username\":\"alice\"}}]")
                        .answer(exchange);
            } else {
                exchange.awaitEnd();
            }
        });
        SuiteInTrouble.Timed timed = SuiteInTrouble.timed(
                () -> RawHttp.delete(service.uri(), SuiteInTrouble.API + "/Mine", TestTokens.level("alice", 10)));

        SuiteInTrouble.assertProblem(504, timed.answer());
        timed.assertWithin(DEADLINE);
    }

    @Test
    void afterTheDeadlineNothingIsSent() {
        suite.behave(FakeSuite.silence());
        int before = suite.requests().size();

        SuiteInTrouble.assertProblem(504, SuiteInTrouble.stop(service, SuiteInTrouble.API + "?directoryNumber=101"));

        assertEquals(
                0,
                suite.requests().subList(before, suite.requests().size()).stream()
                        .filter(request -> !request.line().startsWith("GET "))
                        .count());
    }
}
