package org.liverecordings.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.FakeSuite;
import org.liverecordings.support.Latches;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;

class BulkheadIT {

    /** Two calls under way and one that waits. */
    private static final int ROOM = 3;

    private static final int CLIENTS = 10;

    @Test
    void callsBeyondTheLimitAre504AtOnceAndLeaveNoStopPending() throws InterruptedException {
        CountDownLatch answerNow = new CountDownLatch(1);
        try (FakeSuite suite = FakeSuite.start();
                ServiceProcess service = ServiceProcess.start(settings(suite))) {
            suite.behave(exchange -> {
                Latches.await(answerNow);
                FakeSuite.answer(409).answer(exchange);
            });
            BlockingQueue<Stop> answered = new LinkedBlockingQueue<>();

            for (int i = 0; i < CLIENTS; i++) {
                String target = SuiteInTrouble.byId(UUID.randomUUID());
                new Thread(() -> answered.add(new Stop(target, SuiteInTrouble.stop(service, target)))).start();
            }

            // The suite answers nobody until these are there, so that they can't have waited for it.
            List<Stop> rejected = new ArrayList<>();
            for (int i = 0; i < CLIENTS - ROOM; i++) {
                Stop stop = answered.poll(10, TimeUnit.SECONDS);
                assertNotNull(stop, "answered at once: " + rejected);
                SuiteInTrouble.assertProblem(504, stop.answer());
                rejected.add(stop);
            }
            answerNow.countDown();
            for (int i = 0; i < ROOM; i++) {
                SuiteInTrouble.assertProblem(
                        409, answered.poll(10, TimeUnit.SECONDS).answer());
            }
            assertEquals(ROOM, suite.requests().size());
            for (Stop stop : rejected) {
                SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(service, stop.target()));
            }
        }
    }

    private static Map<String, String> settings(FakeSuite suite) {
        Map<String, String> settings = SuiteInTrouble.settings(suite.uri());
        settings.put("LIVE_RECORDINGS_GUARD_CONCURRENT_CALLS", "2");
        settings.put("LIVE_RECORDINGS_GUARD_QUEUED_CALLS", "1");
        settings.put("LIVE_RECORDINGS_GUARD_DEADLINE", "20s");
        settings.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "20s");
        return settings;
    }

    private record Stop(String target, RawHttp.Answer answer) {}
}
