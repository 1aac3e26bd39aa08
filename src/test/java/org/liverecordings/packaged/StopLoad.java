package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.liverecordings.support.RawHttp;

/** Clients that each send one stop after the other, on a connection of its own, until they are told to end. */
final class StopLoad {

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";
    private static final int CLIENTS = 8;
    private static final int MAX_REQUESTS = 20_000;

    private final URI service;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Thread[] clients = new Thread[CLIENTS];

    /**
     * Begins.
     *
     * @param credentials what the header {@code Authorization} says, by turns for the clients; asked anew for each request
     */
    StopLoad(URI service, List<Supplier<String>> credentials) {
        this.service = service;
        for (int i = 0; i < CLIENTS; i++) {
            Supplier<String> own = credentials.get(i % credentials.size());
            clients[i] = new Thread(() -> run(own), "client-" + i);
            clients[i].setDaemon(true);
            clients[i].start();
        }
    }

    private void run(Supplier<String> credentials) {
        while (!ended.get() && sent.incrementAndGet() <= MAX_REQUESTS) {
            String outcome;
            try {
                String target = API + "/" + UUID.randomUUID();
                outcome =
                        Integer.toString(RawHttp.send(service, "DELETE", target, "Authorization: " + credentials.get())
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
    void awaitAnswers(int more) throws InterruptedException {
        int before = answered();
        for (int i = 0; i < 3000 && answered() < before + more; i++) {
            Thread.sleep(10);
        }
        assertTrue(answered() >= before + more, "the load has come to a halt: " + outcomes());
    }

    /** How many were answered at all. */
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

    /** How many there were of each status, or exception. */
    Map<String, Integer> outcomes() {
        synchronized (outcomes) {
            return new TreeMap<>(outcomes);
        }
    }
}
