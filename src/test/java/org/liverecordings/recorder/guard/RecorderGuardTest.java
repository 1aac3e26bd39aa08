package org.liverecordings.recorder.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.metrics.RecorderMeters;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.stop.StopRejectedException;
import org.liverecordings.recording.stop.StopRejection;

class RecorderGuardTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private static final Throwable ARRIVED = new RecorderUnavailableException("lost", true, null);
    private static final Throwable NOT_ARRIVED = new RecorderUnavailableException("refused", false, null);

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "deadline", "2s",
            "attempt-timeout", "300ms",
            "retries", "2",
            "retry-delay", "50ms",
            "retry-jitter", "10ms"));
    private final Queue<CompletionStage<Void>> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aTroubledTryIsRepeatedUntilTheRecorderConfirms() {
        RecorderGuard guard = guard();
        answers(failed(NOT_ARRIVED), failed(ARRIVED), done());

        Throwable failure = failureOf(call(guard));

        assertNull(failure);
        assertEquals(3, asked.get());
    }

    @Test
    void eachTryIsTimedAndEachCallCountedByItsEnd() {
        RecorderGuard guard = guard();
        answers(failed(NOT_ARRIVED), failed(ARRIVED), done(), failed(new NoLiveRecordingException()));

        call(guard).toCompletableFuture().join();
        failureOf(call(guard));

        assertEquals(2, tries("unavailable"));
        assertEquals(1, tries("done"));
        assertEquals(1, tries("declined"));
        assertEquals(1, calls("done"));
        assertEquals(1, calls("declined"));
        assertEquals(0, calls("unavailable"));
    }

    @Test
    void aCallThatFindsTheCircuitOpenIsCountedAndTheOpenCircuitShown() {
        settings.put("breaker.window", "2");
        RecorderGuard guard = guard();
        answers(failed(ARRIVED), failed(ARRIVED));

        times(3, () -> failureOf(once(guard)));

        assertEquals(2, calls("unavailable"));
        assertEquals(1, calls("circuit-open"));
        assertEquals(1, circuit("open"));
        assertEquals(0, circuit("closed"));
        assertEquals(0, circuit("half-open"));
    }

    private double tries(String outcome) {
        return meters.get("live.recordings.recorder.try.duration")
                .tags("recorder", "recorder", "outcome", outcome)
                .timer()
                .count();
    }

    private double calls(String outcome) {
        return meters.get("live.recordings.recorder.calls")
                .tags("recorder", "recorder", "outcome", outcome)
                .counter()
                .count();
    }

    private double circuit(String state) {
        return meters.get("live.recordings.recorder.circuit")
                .tags("recorder", "recorder", "state", state)
                .gauge()
                .value();
    }

    @Test
    void aDomainAnswerIsNotRepeated() {
        RecorderGuard guard = guard();
        Throwable rejection = new StopRejectedException(StopRejection.AUTOMATIC_RECORDING);
        answers(failed(rejection), done());

        Throwable failure = failureOf(call(guard));

        assertEquals(rejection, failure);
        assertEquals(1, asked.get());
    }

    @Test
    void aRefusalOfOurUserIsNotRepeated() {
        RecorderGuard guard = guard();
        answers(failed(new RecorderFailedException("401", false, null)), done());

        Throwable failure = failureOf(call(guard));

        assertFalse(assertInstanceOf(RecorderFailedException.class, failure).mayHaveArrived());
        assertEquals(1, asked.get());
    }

    @Test
    void afterTheRequestsDeadlineNobodyIsAsked() {
        RecorderGuard guard = guard();
        answers(done());

        Throwable failure = failureOf(guard.repeatable(Deadline.after(Duration.ZERO), this::ask));

        assertFalse(
                assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
        assertEquals(0, asked.get());
    }

    @Test
    void aCallEndsWithItsRequestsDeadlineAndIsNotTriedAgainAfterIt() throws InterruptedException {
        RecorderGuard guard = guard();
        answers(new CompletableFuture<>(), done());

        Throwable failure = failureOf(guard.repeatable(Deadline.after(Duration.ofMillis(20)), this::ask));
        Thread.sleep(100);

        assertTrue(assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
        assertEquals(1, asked.get());
    }

    @Test
    void withRetriesOffThereIsOneTry() {
        settings.put("retries", "0");
        RecorderGuard guard = guard();
        answers(failed(ARRIVED), done());

        Throwable failure = failureOf(call(guard));

        assertTrue(assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
        assertEquals(1, asked.get());
    }

    @Test
    void whatNeverArrivedLeavesNothingUnknown() {
        RecorderGuard guard = guard();
        answers(failed(NOT_ARRIVED), failed(NOT_ARRIVED), failed(NOT_ARRIVED));

        Throwable failure = failureOf(call(guard));

        assertFalse(
                assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
    }

    @Test
    void aTryThatMayHaveArrivedIsNotForgottenForALaterOneThatDidNot() {
        RecorderGuard guard = guard();
        answers(failed(ARRIVED), failed(NOT_ARRIVED), failed(NOT_ARRIVED));

        Throwable failure = failureOf(call(guard));

        assertTrue(assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
    }

    @Test
    void noSuchRecordingAfterALostReplyMayBeOurOwnDoing() {
        RecorderGuard guard = guard();
        answers(new CompletableFuture<>(), failed(new NoLiveRecordingException()));

        Throwable failure = failureOf(call(guard));

        assertTrue(assertInstanceOf(NoLiveRecordingException.class, failure).afterLostReply());
    }

    @Test
    void noSuchRecordingAfterARefusedConnectionIsNot() {
        RecorderGuard guard = guard();
        answers(failed(NOT_ARRIVED), failed(new NoLiveRecordingException()));

        Throwable failure = failureOf(call(guard));

        assertFalse(assertInstanceOf(NoLiveRecordingException.class, failure).afterLostReply());
    }

    @Test
    void aConfirmationThatComesBetweenTwoTriesIsNotLost() {
        settings.put("retry-delay", "600ms");
        settings.put("retries", "1");
        RecorderGuard guard = guard();
        CompletableFuture<Void> late = new CompletableFuture<>();
        late.completeOnTimeout(null, 500, java.util.concurrent.TimeUnit.MILLISECONDS);
        answers(late, failed(new NoLiveRecordingException()));

        Throwable failure = failureOf(call(guard));

        assertTrue(assertInstanceOf(NoLiveRecordingException.class, failure).afterLostReply());
    }

    @Test
    @Timeout(30)
    void aTryStillUnderWayAtTheDeadlineIsUnknown() {
        settings.put("deadline", "400ms");
        settings.put("attempt-timeout", "60s");
        RecorderGuard guard = guard();
        answers(new CompletableFuture<>());

        Throwable failure = failureOf(call(guard));

        assertTrue(assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
    }

    @Test
    void retriesStayWithinTheDeadline() {
        settings.put("deadline", "500ms");
        settings.put("retries", "100");
        RecorderGuard guard = guard();

        Throwable failure = failureOf(guard.repeatable(Deadline.NONE, () -> {
            asked.incrementAndGet();
            return failed(ARRIVED);
        }));

        assertInstanceOf(RecorderUnavailableException.class, failure);
        assertTrue(asked.get() <= 13, "one try each 40 ms at most, not " + asked.get());
    }

    @Test
    void theCircuitOpensAfterTroubles() {
        settings.put("breaker.window", "4");
        settings.put("retries", "0");
        RecorderGuard guard = guard();
        times(4, () -> failureOf(guard.repeatable(Deadline.NONE, () -> failed(NOT_ARRIVED))));

        Throwable failure = failureOf(call(guard));

        assertEquals("circuit open", failure.getMessage());
        assertFalse(
                assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
        assertEquals(0, asked.get());
        assertEquals(Map.of("circuit", "open"), guard.details());
    }

    @Test
    void theCircuitStaysClosedAfterDomainAnswersAndRefusals() {
        settings.put("breaker.window", "4");
        RecorderGuard guard = guard();

        times(4, () -> {
            failureOf(guard.repeatable(Deadline.NONE, () -> failed(new NoLiveRecordingException())));
            failureOf(guard.repeatable(
                    Deadline.NONE, () -> failed(new StopRejectedException(StopRejection.NOT_MONITORABLE))));
            failureOf(guard.repeatable(Deadline.NONE, () -> failed(new RecorderFailedException("401", false, null))));
        });

        assertEquals(Map.of("circuit", "closed"), guard.details());
    }

    @Test
    void anOpenCircuitClosesWhenTheRecorderAnswersAgain() {
        settings.put("breaker.window", "2");
        settings.put("breaker.delay", "200ms");
        settings.put("retries", "0");
        RecorderGuard guard = guard();
        times(2, () -> failureOf(guard.repeatable(Deadline.NONE, () -> failed(NOT_ARRIVED))));

        Awaitility.await().until(() -> failureOf(guard.repeatable(Deadline.NONE, () -> done())) == null);

        assertEquals(Map.of("circuit", "closed"), guard.details());
    }

    @Test
    void callsThatFindNoRoomFailAtOnceAndLeaveNothingUnknown() {
        settings.put("concurrent-calls", "2");
        settings.put("queued-calls", "1");
        RecorderGuard guard = guard();
        times(3, () -> guard.repeatable(Deadline.NONE, CompletableFuture::new));

        CompletionStage<Void> rejected = call(guard);

        assertTrue(rejected.toCompletableFuture().isDone());
        Throwable failure = failureOf(rejected);
        assertEquals("too many calls under way", failure.getMessage());
        assertFalse(
                assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
        assertEquals(0, asked.get());
    }

    @Test
    void callsThatFindNoRoomAreNoSuccessesToTheBreaker() {
        settings.put("concurrent-calls", "2");
        settings.put("queued-calls", "1");
        settings.put("breaker.window", "6");
        settings.put("breaker.failure-ratio", "1.0");
        settings.put("retries", "0");
        RecorderGuard guard = guard();

        times(2, () -> {
            List<CompletionStage<Void>> hanging = new ArrayList<>();
            times(3, () -> hanging.add(guard.repeatable(Deadline.NONE, CompletableFuture::new)));
            times(50, () -> failureOf(call(guard)));
            hanging.forEach(RecorderGuardTest::failureOf);
        });

        assertEquals(Map.of("circuit", "open"), guard.details());
    }

    @Test
    void anOpenCircuitAnswersAtOnceEvenIfThereIsAQueue() {
        settings.put("deadline", "10s");
        settings.put("attempt-timeout", "8s");
        settings.put("concurrent-calls", "3");
        settings.put("breaker.window", "2");
        settings.put("retries", "0");
        RecorderGuard guard = guard();
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        guard.repeatable(Deadline.NONE, () -> first);
        guard.repeatable(Deadline.NONE, () -> second);
        guard.repeatable(Deadline.NONE, CompletableFuture::new);
        first.completeExceptionally(ARRIVED);
        second.completeExceptionally(ARRIVED);
        times(2, () -> guard.repeatable(Deadline.NONE, CompletableFuture::new));

        CompletionStage<Void> late = call(guard);

        assertTrue(late.toCompletableFuture().isDone());
        assertEquals("circuit open", failureOf(late).getMessage());
    }

    @Test
    void aCallWhoseTurnComesAfterItsDeadlineIsNotMade() {
        settings.put("deadline", "300ms");
        settings.put("attempt-timeout", "800ms");
        settings.put("concurrent-calls", "1");
        settings.put("retries", "0");
        RecorderGuard guard = guard();
        AtomicInteger next = new AtomicInteger();
        guard.repeatable(Deadline.NONE, CompletableFuture::new);
        CompletionStage<Void> queued = call(guard);

        Throwable failure = failureOf(queued);

        assertFalse(
                assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
        Awaitility.await()
                .until(() -> failureOf(guard.repeatable(Deadline.NONE, () -> {
                            next.incrementAndGet();
                            return done();
                        }))
                        == null);
        assertEquals(1, next.get());
        assertEquals(0, asked.get());
    }

    // Calls that must not be repeated

    @Test
    void whatMustNotBeRepeatedIsNot() {
        RecorderGuard guard = guard();
        answers(failed(NOT_ARRIVED), done());

        Throwable failure = failureOf(once(guard));

        assertFalse(
                assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
        assertEquals(1, asked.get());
    }

    @Test
    void theAnswerToWhatMustNotBeRepeatedComesThrough() {
        RecorderGuard guard = guard();

        CompletionStage<String> answer = guard.once(Deadline.NONE, () -> CompletableFuture.completedStage("started"));

        assertEquals("started", answer.toCompletableFuture().join());
    }

    @Test
    void whatMustNotBeRepeatedAndMayHaveArrivedIsUnknown() {
        RecorderGuard guard = guard();
        answers(failed(ARRIVED), done());

        Throwable failure = failureOf(once(guard));

        assertTrue(assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
        assertEquals(1, asked.get());
    }

    @Test
    void whatMustNotBeRepeatedAndIsNeverAnsweredIsUnknown() {
        RecorderGuard guard = guard();
        answers(new CompletableFuture<>(), done());

        Throwable failure = failureOf(once(guard));

        assertEquals("no answer in time", failure.getMessage());
        assertTrue(assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
        assertEquals(1, asked.get());
    }

    @Test
    void whatMustNotBeRepeatedIsAlreadySoByAnothersDoing() {
        RecorderGuard guard = guard();
        Throwable already = new AlreadySoException("the line is being recorded");
        answers(failed(already));

        Throwable failure = failureOf(once(guard));

        assertEquals(already, failure);
    }

    @Test
    void whatMustNotBeRepeatedCountsForTheCircuit() {
        settings.put("breaker.window", "4");
        RecorderGuard guard = guard();
        times(4, () -> failureOf(guard.once(Deadline.NONE, () -> failed(NOT_ARRIVED))));

        Throwable failure = failureOf(once(guard));

        assertEquals("circuit open", failure.getMessage());
        assertFalse(
                assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
        assertEquals(0, asked.get());
        assertEquals(Map.of("circuit", "open"), guard.details());
    }

    @Test
    void theCircuitStaysClosedAfterStartsThatFoundNothingToRecord() {
        settings.put("breaker.window", "4");
        RecorderGuard guard = guard();

        times(2, () -> {
            failureOf(guard.once(Deadline.NONE, () -> failed(new NoConnectedCallException())));
            failureOf(guard.once(Deadline.NONE, () -> failed(new AlreadySoException("the line is being recorded"))));
            failureOf(guard.once(Deadline.NONE, () -> failed(new RecorderIncapableException(true))));
        });

        assertEquals(Map.of("circuit", "closed"), guard.details());
    }

    // A repeated pause

    @Test
    void whatIsAlreadySoAfterALostReplyIsDone() {
        RecorderGuard guard = guard();
        answers(failed(ARRIVED), failed(new AlreadySoException("the recording is paused")));

        Throwable failure = failureOf(call(guard));

        assertNull(failure);
        assertEquals(2, asked.get());
    }

    @Test
    void whatIsAlreadySoAfterATryThatTimedOutIsDone() {
        RecorderGuard guard = guard();
        answers(new CompletableFuture<>(), failed(new AlreadySoException("the recording is paused")));

        Throwable failure = failureOf(call(guard));

        assertNull(failure);
    }

    @Test
    void whatIsAlreadySoAfterARefusedConnectionIsNotOurDoing() {
        RecorderGuard guard = guard();
        answers(failed(NOT_ARRIVED), failed(new AlreadySoException("the recording is paused")));

        Throwable failure = failureOf(call(guard));

        assertInstanceOf(AlreadySoException.class, failure);
    }

    @Test
    void whatIsAlreadySoAtOnceIsNotOurDoing() {
        RecorderGuard guard = guard();
        answers(failed(new AlreadySoException("the recording is paused")));

        Throwable failure = failureOf(call(guard));

        assertInstanceOf(AlreadySoException.class, failure);
        assertEquals(1, asked.get());
    }

    @ParameterizedTest
    @CsvSource({
        "deadline, 100ms",
        "deadline, 1m",
        "attempt-timeout, 50ms",
        "attempt-timeout, 1m",
        "retries, 0",
        "retries, 100",
        "retry-delay, 0s",
        "retry-delay, 30s",
        "retry-jitter, 0s",
        "retry-jitter, 30s",
        "concurrent-calls, 1",
        "concurrent-calls, 10000",
        "queued-calls, 1",
        "queued-calls, 100000",
        "breaker.window, 1",
        "breaker.window, 100000",
        "breaker.failure-ratio, 0.01",
        "breaker.failure-ratio, 1",
        "breaker.delay, 100ms",
        "breaker.delay, 1h",
        "breaker.successes, 1",
        "breaker.successes, 1000"
    })
    void everySettingWorksAtItsBounds(String key, String value) {
        settings.put("retry-delay", "50ms");
        settings.put("deadline", "1m");
        settings.put(key, value);
        RecorderGuard guard = guard();
        answers(done());

        Throwable failure = failureOf(call(guard));

        assertNull(failure);
    }

    @Test
    void aDelayThatLeavesNoTimeForAnotherTryIsRefused() {
        settings.put("retry-delay", "2s");
        settings.put("deadline", "2s");

        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, this::guard);

        assertEquals(
                "live-recordings.guard.retry-delay: must be shorter than live-recordings.guard.deadline, but they are PT2S"
                        + " and PT2S",
                refused.getMessage());
    }

    private RecorderGuard guard() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withMapping(GuardConfig.class)
                .addDiscoveredConverters()
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter());
        settings.forEach((key, value) -> builder.withDefaultValue("live-recordings.guard." + key, value));
        return new RecorderGuard(
                builder.build().getConfigMapping(GuardConfig.class), new RecorderMeters(meters, "recorder"));
    }

    private void answers(CompletionStage<?>... each) {
        for (CompletionStage<?> answer : each) {
            answers.add(answer.thenApply(nothing -> null));
        }
    }

    /** A call whose tries get the answers in order. */
    private CompletionStage<Void> call(RecorderGuard guard) {
        return guard.repeatable(Deadline.NONE, this::ask);
    }

    private CompletionStage<Void> ask() {
        asked.incrementAndGet();
        return answers.remove();
    }

    /** A call that must not be repeated, with the first of the answers. */
    private CompletionStage<Void> once(RecorderGuard guard) {
        return guard.once(Deadline.NONE, this::ask);
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedStage(null);
    }

    private static CompletionStage<Void> failed(Throwable failure) {
        return CompletableFuture.failedStage(failure);
    }

    private static void times(int count, Runnable task) {
        for (int i = 0; i < count; i++) {
            task.run();
        }
    }

    /** Null if the call ends well. */
    private static Throwable failureOf(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().join();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }
}
