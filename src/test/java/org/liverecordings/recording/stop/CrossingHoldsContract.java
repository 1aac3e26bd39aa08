package org.liverecordings.recording.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liverecordings.recording.Recordings.ALICE;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.UnaskedRecorder;
import org.liverecordings.recording.start.RegistryStartRecording;
import org.liverecordings.recording.start.StartRequest;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.LineHeldException;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.support.Seed;

/**
 * Whatever starts cross a stop that puts a hold: once it has confirmed, nothing runs on the line, and nothing is started there until the
 * hold is lifted.
 */
@Timeout(120)
abstract class CrossingHoldsContract {

    private static final int CALLERS = 8;

    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final OneClaimContract.Setup setup;
    private final Holds holds;
    private final int rounds;

    CrossingHoldsContract(OneClaimContract.Setup setup, Holds holds, int rounds) {
        this.setup = setup;
        this.holds = holds;
        this.rounds = rounds;
    }

    @AfterEach
    void shutDown() {
        callers.shutdownNow();
    }

    @Test
    void onceAStopHasConfirmedNothingRunsOnTheLine() throws Exception {
        long seed = Seed.of(getClass());
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            round(random, Seed.hint(seed) + " round " + round);
        }
    }

    private void round(Random random, String hint) throws Exception {
        Calls recorder = new Calls(random.nextLong());
        ListedLines lines = new ListedLines(ListedLines.free("SEP1", "101"));
        RegistryStartRecording start = new RegistryStartRecording(
                setup.registry(),
                lines,
                recorder,
                holds,
                setup.unitOfWork(),
                Recordings.timers(),
                setup.requests(),
                InstantSource.system());
        RegistryStopRecording stop = new RegistryStopRecording(
                setup.registry(),
                lines,
                recorder,
                setup.leases(),
                new StopHolds(holds, false, Duration.ofHours(1)),
                setup.unitOfWork(),
                setup.requests(),
                Duration.ofSeconds(30),
                InstantSource.system());
        start.start(onLine());
        CyclicBarrier together = new CyclicBarrier(CALLERS);
        int stoppers = 1 + random.nextInt(2);
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            boolean stops = i < stoppers;
            // The first stop is for want of consent; a plain one beside it leaves the line free for a moment.
            String reason = i == 0 ? "consent-withdrawn" : null;
            calls.add(() -> {
                together.await();
                if (stops) {
                    stop(stop, reason);
                } else {
                    tryToStart(start);
                }
                return null;
            });
        }
        for (Future<Void> call : callers.invokeAll(calls)) {
            call.get();
        }
        boolean held = !holds.latest(10).isEmpty();
        if (held) {
            assertEquals(Set.of(), recorder.live, hint);
            assertEquals(List.of(), setup.registry().findAll(), hint);
            assertEquals("held", tryToStart(start), hint);
        }
        holds.latest(10).forEach(hold -> holds.lift(hold.id()));
        setup.registry().findAll().forEach(entry -> setup.registry().remove(entry.id()));
    }

    private static StartRequest onLine() {
        return new StartRequest(ALICE, true, "SEP1", "101", null, false);
    }

    /** Repeated as a client does, until the answer is another one; and again as long as a start may just have got in before it. */
    private static void stop(RegistryStopRecording stop, String reason) {
        while (true) {
            try {
                stop.stop(StopRequest.byLine(ALICE, "SEP1", null).because(reason));
                return;
            } catch (NoLiveRecordingException e) {
                return;
            } catch (RecorderUnavailableException e) {
                // A start is pending, or another stop is under way.
            }
        }
    }

    private static String tryToStart(RegistryStartRecording start) {
        try {
            start.start(onLine());
            return "started";
        } catch (LineHeldException e) {
            return "held";
        } catch (AlreadySoException e) {
            return "recorded";
        }
    }

    /** A recorder that records whatever it is told to, and takes its time for it. */
    private static final class Calls extends UnaskedRecorder {

        final Set<RecordingId> live = ConcurrentHashMap.newKeySet();
        private final Random random;

        Calls(long seed) {
            this.random = new Random(seed);
        }

        private void dawdle() {
            try {
                Thread.sleep(0, random.nextInt(500_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public CompletionStage<Void> start(LiveRecording recording) {
            dawdle();
            live.add(recording.id());
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> stop(RecordingId id) {
            dawdle();
            return live.remove(id)
                    ? CompletableFuture.completedStage(null)
                    : CompletableFuture.failedStage(new NoLiveRecordingException());
        }

        @Override
        public CompletionStage<Optional<RecordingStatus>> status(RecordingId id) {
            return CompletableFuture.completedStage(
                    live.contains(id) ? Optional.of(RecordingStatus.RECORDING) : Optional.empty());
        }
    }
}
