package org.liverecordings.replicas;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.liverecordings.support.Pause;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.TestTokens;

/**
 * Pairs of clients, each client at a replica of its own. One recording after the other is begun, and both clients of a pair stop it at
 * the same moment, and again until they know what became of it; of every second recording with an idempotency key.
 */
final class PairedStops {

    private static final Duration KNOWN_WITHIN = Duration.ofMinutes(2);
    /** Between two tries, and two recordings. */
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final Supplier<UUID> recordings;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<CompletableFuture<Void>> clients = new ArrayList<>();
    private volatile boolean enough;

    private PairedStops(Supplier<UUID> recordings) {
        this.recordings = recordings;
    }

    /**
     * Begins, with a pair for each two neighbours of these.
     *
     * @param recordings begins a recording; asked again where it throws
     */
    static PairedStops at(List<URI> services, Supplier<UUID> recordings) {
        PairedStops stops = new PairedStops(recordings);
        for (int i = 0; i < services.size(); i++) {
            Pair pair = stops.new Pair();
            stops.pairs.add(pair);
            for (URI service : List.of(services.get(i), services.get((i + 1) % services.size()))) {
                stops.clients.add(
                        CompletableFuture.runAsync(() -> pair.stopAll(service), task -> new Thread(task).start()));
            }
        }
        return stops;
    }

    /**
     * A stop of a recording by one client.
     *
     * @param statuses of its requests, one after the other; 0 where no answer came
     * @param correlationIds of its requests
     */
    record Stop(UUID recording, boolean withKey, List<Integer> statuses, List<String> correlationIds) {

        boolean isConfirmed() {
            return last() == 204;
        }

        int last() {
            return statuses.get(statuses.size() - 1);
        }

        /** Whether one of its requests may have had an effect of which nobody was told. */
        boolean hadTrouble() {
            return statuses.stream().anyMatch(status -> status == 504 || status == 0);
        }
    }

    /** Waits until each pair has been told of as many more recordings. */
    void awaitMore(int recordings) {
        List<Integer> before = pairs.stream().map(pair -> pair.known.get()).toList();
        for (int i = 0; i < before.size(); i++) {
            AtomicInteger known = pairs.get(i).known;
            int wanted = before.get(i) + recordings;
            Awaitility.await().atMost(KNOWN_WITHIN).until(() -> known.get() >= wanted || hasFailed());
        }
    }

    private boolean hasFailed() {
        return clients.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
    }

    /** Lets the clients finish what they are at; what they were told, for each recording by both of them. */
    List<List<Stop>> end() {
        enough = true;
        clients.forEach(CompletableFuture::join);
        List<List<Stop>> all = new ArrayList<>();
        for (Pair pair : pairs) {
            for (UUID recording : pair.recordings) {
                all.add(pair.stops.stream()
                        .filter(stop -> stop.recording().equals(recording))
                        .toList());
            }
        }
        return all;
    }

    private final class Pair {

        final AtomicInteger known = new AtomicInteger();
        final List<UUID> recordings = new ArrayList<>();
        final ConcurrentLinkedQueue<Stop> stops = new ConcurrentLinkedQueue<>();
        private final CyclicBarrier both = new CyclicBarrier(2, this::next);
        private volatile UUID recording;

        private void next() {
            known.set(recordings.size());
            recording = enough ? null : record();
            if (recording != null) {
                recordings.add(recording);
            }
        }

        private UUID record() {
            long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
            while (true) {
                try {
                    Pause.of(PAUSE);
                    return PairedStops.this.recordings.get();
                } catch (RuntimeException e) {
                    // The database is away; if it has taken this one nonetheless, nobody asks for it.
                    if (System.nanoTime() > deadline) {
                        throw e;
                    }
                }
            }
        }

        void stopAll(URI service) {
            try {
                both.await();
                while (recording != null) {
                    stops.add(stopUntilKnown(service, recording, recordings.size() % 2 == 0));
                    both.await();
                }
            } catch (BrokenBarrierException e) {
                // The other client has failed, and says why.
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } catch (RuntimeException | Error e) {
                both.reset();
                throw e;
            }
        }

        private Stop stopUntilKnown(URI service, UUID id, boolean withKey) {
            Stop stop = new Stop(id, withKey, new ArrayList<>(), new ArrayList<>());
            String name = UUID.randomUUID().toString();
            long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
            do {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("not told within " + KNOWN_WITHIN + ": " + stop);
                }
                if (!stop.statuses().isEmpty()) {
                    Pause.of(PAUSE);
                }
                String correlationId = name + "." + stop.statuses().size();
                stop.correlationIds().add(correlationId);
                stop.statuses().add(stop(service, id, correlationId, withKey ? name : null));
            } while (stop.last() == 504 || stop.last() == 0);
            return stop;
        }

        private int stop(URI service, UUID id, String correlationId, String key) {
            List<String> headers = new ArrayList<>(
                    List.of("Authorization: Bearer " + TestTokens.complete(), "X-Request-Id: " + correlationId));
            if (key != null) {
                headers.add("Idempotency-Key: \"" + key + '"');
            }
            try {
                return RawHttp.send(service, "DELETE", Replicas.API + "/" + id, headers.toArray(String[]::new))
                        .status();
            } catch (UncheckedIOException e) {
                return 0;
            }
        }
    }
}
