package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Pause;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

class GracefulEndIT {

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @Test
    void aRequestInFlightWhenTheEndIsAskedForGetsItsAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (HttpStub suite = HttpStub.start(exchange -> {
                    asked.countDown();
                    await(released);
                    HttpStub.status(exchange, 204);
                });
                ServiceProcess service = ServiceProcess.start(forwardingTo(suite))) {
            CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> stop(service.uri()));
            await(asked);

            service.terminate();
            awaitUnready(service);
            released.countDown();

            assertEquals(204, answer.get(10, TimeUnit.SECONDS), service::log);
            assertEquals(ENDED_BY_SIGTERM, service.awaitExit());
        }
    }

    @Test
    void whoHasNotNoticedTheEndYetIsAnsweredWhileReadinessIsDown() {
        try (HttpStub suite = HttpStub.start(exchange -> HttpStub.status(exchange, 204))) {
            Map<String, String> environment = forwardingTo(suite);
            environment.put("QUARKUS_SHUTDOWN_DELAY", "3s");
            try (ServiceProcess service = ServiceProcess.start(environment)) {
                service.terminate();
                awaitUnready(service);

                assertEquals(503, health(service, "ready"));
                assertEquals(200, health(service, "live"));
                assertEquals(204, stop(service.uri()));
                assertEquals(ENDED_BY_SIGTERM, service.awaitExit());
            }
        }
    }

    private static Map<String, String> forwardingTo(HttpStub suite) {
        Map<String, String> environment = ServiceProcess.tokenSettings();
        environment.put("LIVE_RECORDINGS_RECORDER", "imagicle");
        environment.put("LIVE_RECORDINGS_IMAGICLE_URL", suite.uri().toString());
        environment.put("LIVE_RECORDINGS_IMAGICLE_USERNAME", "service");
        environment.put("LIVE_RECORDINGS_IMAGICLE_PASSWORD", "secret");
        // A second try would hide a first one that was cut off; and a slow machine may take its time.
        environment.put("LIVE_RECORDINGS_GUARD_RETRIES", "0");
        environment.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "10s");
        environment.put("LIVE_RECORDINGS_GUARD_DEADLINE", "10s");
        return environment;
    }

    private static int stop(URI base) {
        return RawHttp.delete(base, API + "/" + UUID.randomUUID(), TestTokens.complete())
                .status();
    }

    private static int health(ServiceProcess service, String group) {
        return RawHttp.send(service.uri(), "GET", "/q/health/" + group).status();
    }

    private static void awaitUnready(ServiceProcess service) {
        for (int i = 0; i < 500 && service.isReady(); i++) {
            Pause.ofMillis(10);
        }
        assertFalse(service.isReady(), "still ready: " + service.log());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
