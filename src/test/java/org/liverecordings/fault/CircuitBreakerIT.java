package org.liverecordings.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.support.FakeSuite;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

class CircuitBreakerIT {

    private FakeSuite suite;

    @BeforeEach
    void start() {
        suite = FakeSuite.start();
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    @Test
    void anOpenCircuitAnswers504WithoutAskingTheSuite() {
        try (ServiceProcess service = service("60s")) {
            suite.behave(FakeSuite.answer(503));
            stop(service, 4);
            int asked = suite.requests().size();
            stop(service, 50);

            for (int i = 0; i < 21; i++) {
                SuiteInTrouble.assertProblem(504, stop(service));
            }

            assertEquals(4, asked);
            assertEquals(asked, suite.requests().size());
            assertTrue(service.isReady(), "an outage of the suite must not take the replica away");
            RawHttp.Answer wellness = RawHttp.send(service.uri(), "GET", "/q/health/well");
            assertTrue(wellness.body().contains("\"circuit\": \"open\""), wellness.toString());
        }
    }

    @Test
    void answersOfTheSuiteNeverOpenTheCircuit() {
        try (ServiceProcess service = service("60s")) {
            suite.behave(FakeSuite.answer(409));
            stop(service, 8);
            suite.behave(FakeSuite.answer(400, "application/json", "{\"reason\":2}"));
            stop(service, 8);
            suite.behave(FakeSuite.answer(401));
            stop(service, 8);
            suite.behave(FakeSuite.answer(500));
            stop(service, 8);
            suite.behave(FakeSuite.answer(204));

            RawHttp.Answer answer = stop(service);

            SuiteInTrouble.assertStopped(answer);
        }
    }

    @Test
    void anOpenCircuitClosesOnceTheSuiteAnswersAgain() {
        try (ServiceProcess service = service("500ms")) {
            suite.behave(FakeSuite.reset(""));
            stop(service, 4);
            int asked = suite.requests().size();
            SuiteInTrouble.assertProblem(504, stop(service));
            suite.behave(FakeSuite.answer(204));

            Awaitility.await().until(() -> stop(service).status() == 204);

            assertEquals(asked + 1, suite.requests().size());
            assertTrue(service.log().contains("recorder circuit=OPEN before=CLOSED"), service.log());
            assertTrue(service.log().contains("recorder circuit=CLOSED before=HALF_OPEN"), service.log());
        }
    }

    private ServiceProcess service(String delay) {
        Map<String, String> settings = SuiteInTrouble.settings(suite.uri());
        settings.put("LIVE_RECORDINGS_GUARD_RETRIES", "0");
        settings.put("LIVE_RECORDINGS_GUARD_BREAKER_WINDOW", "4");
        settings.put("LIVE_RECORDINGS_GUARD_BREAKER_DELAY", delay);
        return ServiceProcess.start(settings);
    }

    private static RawHttp.Answer stop(ServiceProcess service) {
        return RawHttp.delete(service.uri(), SuiteInTrouble.byId(UUID.randomUUID()), TestTokens.complete());
    }

    private static void stop(ServiceProcess service, int times) {
        for (int i = 0; i < times; i++) {
            stop(service);
        }
    }
}
