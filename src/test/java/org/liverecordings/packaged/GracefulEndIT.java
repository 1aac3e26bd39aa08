package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

class GracefulEndIT {

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    private static final int CLIENTS = 8;
    private static final int MAX_REQUESTS = 20_000;

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

    /** The test plays the part of Kubernetes: an instance that isn't ready is taken out, one that is gets in. */
    @Test
    void twoInstancesBehindNginxAreReplacedWithoutAFailedRequest() throws Exception {
        Optional<Path> program = Nginx.program();
        assumeTrue(
                program.isPresent(),
                "twoInstancesBehindNginxAreReplacedWithoutAFailedRequest is left out: nginx isn't installed");
        AtomicInteger stops = new AtomicInteger();
        try (HttpStub suite = HttpStub.start(exchange -> {
            stops.incrementAndGet();
            // Long enough for some requests to be in flight at any time.
            sleep(20);
            HttpStub.status(exchange, 204);
        })) {
            Map<String, String> environment = forwardingTo(suite);
            environment.put("QUARKUS_SHUTDOWN_DELAY", "2s");
            try (ServiceProcess first = ServiceProcess.start(environment);
                    ServiceProcess second = ServiceProcess.start(environment);
                    Nginx nginx = Nginx.start(program.get(), "/fw/", first, second)) {
                Load load = new Load(nginx);

                load.awaitAnswers(200);
                first.terminate();
                awaitUnready(first);
                nginx.spreadOver(second);
                assertEquals(ENDED_BY_SIGTERM, first.awaitExit(), first::log);
                try (ServiceProcess newFirst = ServiceProcess.start(environment)) {
                    nginx.spreadOver(newFirst, second);
                    load.awaitAnswers(200);
                    second.terminate();
                    awaitUnready(second);
                    nginx.spreadOver(newFirst);
                    assertEquals(ENDED_BY_SIGTERM, second.awaitExit(), second::log);
                    try (ServiceProcess newSecond = ServiceProcess.start(environment)) {
                        nginx.spreadOver(newFirst, newSecond);
                        load.awaitAnswers(200);
                        int answered = load.end();

                        assertEquals(Map.of("204", answered), load.outcomes());
                        assertEquals(answered, stops.get(), "each stop reached the recorder once");
                    }
                }
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
            sleep(10);
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

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Clients that each send one request after the other, on a connection of its own, until they are told to end. */
    private static final class Load {

        private final Nginx nginx;
        private final String token = TestTokens.complete();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicInteger sent = new AtomicInteger();
        private final Map<String, Integer> outcomes = new TreeMap<>();
        private final Thread[] clients = new Thread[CLIENTS];

        Load(Nginx nginx) {
            this.nginx = nginx;
            for (int i = 0; i < CLIENTS; i++) {
                clients[i] = new Thread(this::run, "client-" + i);
                clients[i].setDaemon(true);
                clients[i].start();
            }
        }

        private void run() {
            while (!ended.get() && sent.incrementAndGet() <= MAX_REQUESTS) {
                String outcome;
                try {
                    outcome = Integer.toString(RawHttp.delete(nginx.uri(), API + "/" + UUID.randomUUID(), token)
                            .status());
                } catch (RuntimeException e) {
                    outcome = e.toString();
                }
                synchronized (outcomes) {
                    outcomes.merge(outcome, 1, Integer::sum);
                }
            }
        }

        /** Waits until as many more have been answered. */
        void awaitAnswers(int more) {
            int before = answered();
            for (int i = 0; i < 3000 && answered() < before + more; i++) {
                sleep(10);
            }
            assertTrue(answered() >= before + more, "the load has come to a halt: " + outcomes());
        }

        int end() throws InterruptedException {
            ended.set(true);
            for (Thread client : clients) {
                client.join(30_000);
                assertFalse(client.isAlive(), "a request is never answered");
            }
            return answered();
        }

        private int answered() {
            synchronized (outcomes) {
                return outcomes.values().stream().mapToInt(Integer::intValue).sum();
            }
        }

        Map<String, Integer> outcomes() {
            synchronized (outcomes) {
                return new TreeMap<>(outcomes);
            }
        }
    }
}
