package org.liverecordings.recording.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liverecordings.recording.Recordings.ALICE;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.UnaskedRecorder;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.registry.memory.MemoryHolds;
import org.liverecordings.support.Seed;

/** However many calls want to stop one recording at once, exactly one is told that it did. */
@Timeout(120)
abstract class OneClaimContract {

    static final int CALLERS = 64;

    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final ScheduledExecutorService network = Executors.newScheduledThreadPool(4);
    private final LiveRecordingRepository registry;
    private final StopLeases leases;
    private final UnitOfWork unitOfWork;
    private final AuditedRequests requests;
    private final int rounds;

    OneClaimContract(Setup setup, int rounds) {
        this.registry = setup.registry;
        this.leases = setup.leases;
        this.unitOfWork = setup.unitOfWork;
        this.requests = setup.requests;
        this.rounds = rounds;
    }

    /** Where everything is kept. */
    record Setup(
            LiveRecordingRepository registry, StopLeases leases, UnitOfWork unitOfWork, AuditedRequests requests) {}

    @AfterEach
    void shutDown() {
        callers.shutdownNow();
        network.shutdownNow();
    }

    @Test
    void withARecorderThatAnswersAtOnce() throws Exception {
        Set<RecordingId> live = ConcurrentHashMap.newKeySet();
        CallRecorder recorder = new StoppingRecorder(id -> live.remove(id)
                ? CompletableFuture.completedStage(null)
                : CompletableFuture.failedStage(new NoLiveRecordingException()));
        for (int round = 0; round < rounds; round++) {
            assertEquals(List.of(1, CALLERS - 1), claimsAndRefusals(recorder, live));
        }
    }

    @Test
    void withARecorderThatConfirmsToEveryoneAsLongAsTheRegistryKnowsIt() throws Exception {
        CallRecorder recorder = new StoppingRecorder(id -> registry.find(id).isPresent()
                ? CompletableFuture.completedStage(null)
                : CompletableFuture.failedStage(new NoLiveRecordingException()));
        for (int round = 0; round < rounds; round++) {
            assertEquals(List.of(1, CALLERS - 1), claimsAndRefusals(recorder, ConcurrentHashMap.newKeySet()));
        }
    }

    @RepeatedTest(3)
    void withARecorderThatAnswersLaterInAnyOrder() throws Exception {
        long seed = Seed.of(getClass());
        Network recorder = new Network(seed, 0, 0);
        for (int round = 0; round < rounds; round++) {
            assertEquals(
                    List.of(1, CALLERS - 1),
                    claimsAndRefusals(new StoppingRecorder(recorder::stop), recorder.live),
                    Seed.hint(seed));
        }
    }

    @RepeatedTest(3)
    void withARecorderWhoseRequestsAndRepliesGetLostAndCallersThatRepeat() throws Exception {
        long seed = Seed.of(getClass());
        Network recorder = new Network(seed, 30, 30);
        // Each round waits for what got lost.
        for (int round = 0; round < rounds / 4; round++) {
            assertEquals(
                    List.of(1, CALLERS - 1),
                    claimsAndRefusals(new StoppingRecorder(recorder::stop), recorder.live),
                    Seed.hint(seed));
        }
    }

    private List<Integer> claimsAndRefusals(CallRecorder recorder, Set<RecordingId> live) throws Exception {
        RecordingId id = new RecordingId(UUID.randomUUID());
        live.add(id);
        registry.addAll(List.of(Recordings.forked(id, "SEP1", "101")));
        StopRecordingUseCase stopRecording = stopOf(recorder);
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            calls.add(() -> {
                start.await();
                return isConfirmed(stopRecording, id);
            });
        }
        int claims = 0;
        int refusals = 0;
        for (Future<Boolean> call : callers.invokeAll(calls)) {
            if (call.get()) {
                claims++;
            } else {
                refusals++;
            }
        }
        assertEquals(1, confirmations(id));
        return List.of(claims, refusals);
    }

    /** What stops recordings on line 101 of the device SEP1, which a rule lets everybody do. */
    StopRecordingUseCase stopOf(CallRecorder recorder) {
        return new RegistryStopRecording(
                registry,
                new ListedLines(ListedLines.free("SEP1", "101")),
                recorder,
                leases,
                new StopHolds(new MemoryHolds(InstantSource.system()), false, Duration.ofHours(1)),
                unitOfWork,
                requests,
                Duration.ofSeconds(30),
                InstantSource.system());
    }

    /** How many confirmations of the recording's stop are on the trail. */
    abstract long confirmations(RecordingId id);

    private static boolean isConfirmed(StopRecordingUseCase stopRecording, RecordingId id) {
        while (true) {
            try {
                stopRecording.stop(StopRequest.byId(ALICE, id.toString()));
                return true;
            } catch (NoLiveRecordingException e) {
                return false;
            } catch (RecorderUnavailableException | StoreUnavailableException e) {
                // The client repeats it.
            }
        }
    }

    /**
     * A recorder at the other end of a network, behind a guard that tries once more if it hears nothing. The seed says what gets lost
     * and how long it takes; which caller draws next is the threads' affair.
     */
    private final class Network {

        final Set<RecordingId> live = ConcurrentHashMap.newKeySet();

        private final Random random;
        private final int lostRequests;
        private final int lostReplies;

        Network(long seed, int percentOfLostRequests, int percentOfLostReplies) {
            this.random = new Random(seed);
            this.lostRequests = percentOfLostRequests;
            this.lostReplies = percentOfLostReplies;
        }

        private CompletionStage<Void> stop(RecordingId id) {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            send(id, answer, false);
            return answer;
        }

        private void send(RecordingId id, CompletableFuture<Void> answer, boolean again) {
            boolean requestIsLost = random.nextInt(100) < lostRequests;
            boolean replyIsLost = random.nextInt(100) < lostReplies;
            boolean triesAgain = !again && random.nextBoolean();
            later(() -> {
                boolean stopped = !requestIsLost && live.remove(id);
                later(() -> {
                    if (requestIsLost || replyIsLost) {
                        if (triesAgain) {
                            send(id, answer, true);
                        } else {
                            answer.completeExceptionally(new RecorderUnavailableException("lost", true, null));
                        }
                    } else if (stopped) {
                        answer.complete(null);
                    } else {
                        answer.completeExceptionally(new NoLiveRecordingException(again));
                    }
                });
            });
        }

        private void later(Runnable action) {
            network.schedule(action, random.nextInt(3000), TimeUnit.MICROSECONDS);
        }
    }

    /** A recorder that only stops. */
    private static final class StoppingRecorder extends UnaskedRecorder {

        private final Function<RecordingId, CompletionStage<Void>> stopping;

        StoppingRecorder(Function<RecordingId, CompletionStage<Void>> stopping) {
            this.stopping = stopping;
        }

        @Override
        public CompletionStage<Void> stop(RecordingId id) {
            return stopping.apply(id);
        }
    }
}
