package org.liverecordings.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** What the tests share that put a service in front of a suite in trouble. */
final class SuiteInTrouble {

    static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";
    static final String PROBLEM = "application/problem+json";

    /** Only a call without a deadline takes longer, however busy the machine is. */
    private static final long GRACE_MILLIS = 10_000;

    private SuiteInTrouble() {}

    /** A service in front of the suite, with no circuit that opens by chance. */
    static Map<String, String> settings(URI suite) {
        Map<String, String> environment = ServiceProcess.tokenSettings();
        environment.put("LIVE_RECORDINGS_RECORDER", "imagicle");
        environment.put("LIVE_RECORDINGS_IMAGICLE_URL", suite.toString());
        environment.put("LIVE_RECORDINGS_IMAGICLE_USERNAME", "service");
        environment.put("LIVE_RECORDINGS_IMAGICLE_PASSWORD", "secret");
        environment.put("LIVE_RECORDINGS_GUARD_DEADLINE", "2s");
        environment.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "700ms");
        environment.put("LIVE_RECORDINGS_GUARD_RETRY_DELAY", "100ms");
        environment.put("LIVE_RECORDINGS_GUARD_RETRY_JITTER", "50ms");
        environment.put("LIVE_RECORDINGS_GUARD_BREAKER_WINDOW", "10000");
        return environment;
    }

    static String byId(UUID id) {
        return API + "/" + id;
    }

    static RawHttp.Answer stop(ServiceProcess service, String target) {
        return RawHttp.delete(service.uri(), target, TestTokens.complete());
    }

    static Timed timed(Supplier<RawHttp.Answer> call) {
        long started = System.nanoTime();
        RawHttp.Answer answer = call.get();
        return new Timed(answer, (System.nanoTime() - started) / 1_000_000);
    }

    /** The statuses that so many clients get which all ask for this at the same moment. */
    static List<Integer> stopAtOnce(ServiceProcess service, String target, int clients) {
        String token = TestTokens.complete();
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                answers.add(threads.submit(() -> {
                    go.await();
                    return RawHttp.delete(service.uri(), target, token).status();
                }));
            }
            go.countDown();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            return statuses;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Checks a 409, 500 or 504 down to its body. */
    static void assertProblem(int status, RawHttp.Answer answer) {
        String title = switch (status) {
            case 409 -> "No such live recording";
            case 500 -> "The call recording service failed";
            case 504 -> "The call recording service is unavailable";
            default -> throw new IllegalArgumentException("no problem: " + status);
        };
        assertEquals(status, answer.status(), answer.toString());
        assertEquals(List.of(PROBLEM), answer.header("content-type"));
        assertEquals(
                "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"correlationId\":\""
                        + answer.header("x-request-id").get(0) + "\"}",
                answer.body());
    }

    static void assertStopped(RawHttp.Answer answer) {
        assertEquals(204, answer.status(), answer.toString());
        assertEquals("", answer.body());
    }

    /** An answer and how long it took. */
    record Timed(RawHttp.Answer answer, long millis) {

        void assertWithin(Duration deadline) {
            assertTrue(millis < deadline.toMillis() + GRACE_MILLIS, "took " + millis + " ms");
        }
    }
}
