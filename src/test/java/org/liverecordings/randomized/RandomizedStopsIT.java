package org.liverecordings.randomized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.Pause;
import org.liverecordings.support.PostgresServer;

/**
 * Replicas on one database in front of a suite that loses replies, executes late, fails and is silent; they are killed, put to sleep and
 * started again all along. Clients stop recordings by id and by line on any of them and repeat until they know. What they were told is
 * held against the suite and the trail, never against the service: {@link Verdict} lists what must be true. So does {@link EventVerdict} of
 * what an endpoint received.
 *
 * <p>What is drawn is drawn from a seed, which is printed; in which order it happens isn't. {@code -Dstops.seed=1} takes a seed,
 * {@code -Dstops.minutes=30} a time, {@code -Dstops.keys=false} and {@code -Dstops.lines-by-ids=false} hold the service to less, see
 * {@link Promise}.
 */
class RandomizedStopsIT {

    private static final long SEED = Long.getLong("stops.seed", new SplittableRandom().nextLong(1_000_000_000));
    private static final Duration TIME = Integer.getInteger("stops.minutes") == null
            ? Duration.ofSeconds(15)
            : Duration.ofMinutes(Integer.getInteger("stops.minutes")).dividedBy(2);
    private static final Duration UNDER_WAY_AT_MOST = Duration.ofMinutes(1);
    private static final int LINES_AT_ONCE = 20;

    private final Promise promise = Promise.ofSystemProperties();
    private final AtomicInteger lines = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private UnreliableSuite suite;
    private Fleet fleet;
    private Trail trail;
    private volatile Instant end;

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void anEndIsToldOnceAndNothingIsToldThatIsntSo(int replicas) {
        System.out.printf("%d replicas, %s, -Dstops.seed=%d%n", replicas, promise, SEED);
        String name = PostgresServer.shared().newDatabase();
        try (AgroalDataSource database = PostgresServer.shared().migrated(name);
                UnreliableSuite unreliable = new UnreliableSuite();
                EventVerdict events = new EventVerdict();
                Fleet started = new Fleet(
                        replicas,
                        PostgresServer.shared().url(name),
                        new StallingDatabase(database),
                        unreliable.uri(),
                        events.settings())) {
            suite = unreliable;
            fleet = started;
            trail = new Trail(database);
            fleet.awaitReady();
            EventVerdict.awaitRegistered(database);
            events.failNowAndThen(new SplittableRandom(SEED + 2));
            end = Instant.now().plus(TIME);
            List<StoppedLine> stopped = stopLines();
            assertCanariesRun(stopped);
            assertEquals(List.of(), events.wrongs(database), () -> "seed " + SEED);
            System.out.printf("%d lines, %d requests%n", stopped.size(), requests.get());
        } finally {
            threads.shutdownNow();
        }
    }

    /** A canary must outlive everything, hence this is asked once more at the end. */
    private static void assertCanariesRun(List<StoppedLine> stopped) {
        assertTrue(
                stopped.stream().flatMap(line -> line.canaries().stream()).allMatch(StoppedLine.Recorded::isRunning));
    }

    private List<StoppedLine> stopLines() {
        CompletableFuture<Void> killing = run(() -> fleet.killUntil(end, new SplittableRandom(SEED)));
        CompletableFuture<Void> freezing = run(() -> fleet.freezeUntil(end, new SplittableRandom(SEED + 1)));
        List<CompletableFuture<List<StoppedLine>>> working = new ArrayList<>();
        for (int i = 0; i < LINES_AT_ONCE; i++) {
            working.add(CompletableFuture.supplyAsync(this::stopOneLineAfterTheOther, threads));
        }
        try {
            return working.stream().flatMap(worker -> worker.join().stream()).toList();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            throw e;
        } finally {
            fleet.leaveAlone();
            CompletableFuture.allOf(killing, freezing).join();
        }
    }

    private CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, threads);
    }

    private List<StoppedLine> stopOneLineAfterTheOther() {
        List<StoppedLine> stopped = new ArrayList<>();
        while (Instant.now().isBefore(end)) {
            int index = lines.incrementAndGet();
            StoppedLine line = new StoppedLine(index, StopPlan.of(SEED, index, promise));
            suite.add(line);
            judge(new Verdict(line, stop(line), trail), line);
            line.history.forget();
            stopped.add(line);
        }
        return stopped;
    }

    private void judge(Verdict verdict, StoppedLine line) {
        List<String> wrongs = verdict.wrongs();
        if (!wrongs.isEmpty()) {
            // The others stop as well.
            end = Instant.EPOCH;
            throw new AssertionError("seed " + SEED + ", line " + line.index + ": " + String.join("; ", wrongs) + '\n'
                    + line.plan + '\n' + verdict.history(fleet.history));
        }
    }

    private List<StopClient> stop(StoppedLine line) {
        List<StopClient> clients = new ArrayList<>();
        List<CompletableFuture<Void>> stopping = new ArrayList<>();
        for (StopPlan.Call call : line.plan.calls()) {
            StoppedLine.Recorded recording = suite.begin(line);
            if (call.endsAfter() >= 0) {
                suite.endByItselfAfter(call.endsAfter(), line, recording);
            }
            for (StopPlan.Client plan : call.clients()) {
                String name = SEED + "-" + line.index + '-' + clients.size();
                StopClient client = new StopClient(name, plan, line, recording, fleet, SEED);
                clients.add(client);
                stopping.add(run(() -> client.stopUntilKnown(trail)));
            }
            if (line.plan.overlapping()) {
                line.awaitOver(recording, UNDER_WAY_AT_MOST);
            } else {
                stopping.forEach(CompletableFuture::join);
                if (clients.stream().anyMatch(StopClient::hasLostAnswer)) {
                    // A replica may still be about to ask the suite, which would stop whatever is recorded on the line
                    // then.
                    break;
                }
                line.awaitNothingUnderWay(UNDER_WAY_AT_MOST);
            }
            Pause.of(Duration.ofMillis(call.nextAfter()));
        }
        stopping.forEach(CompletableFuture::join);
        clients.forEach(client -> requests.addAndGet(client.requests().size()));
        return clients;
    }
}
