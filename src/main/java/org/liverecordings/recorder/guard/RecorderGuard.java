package org.liverecordings.recorder.guard;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import jakarta.enterprise.util.TypeLiteral;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jboss.logging.Logger;
import org.liverecordings.metrics.RecorderMeters;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.text.Words;

/**
 * Guards the path to a recorder with a time limit per try, retries, a circuit breaker, a bulkhead and one deadline for all, and
 * keeps book of whether the recorder may have got the request. Domain answers pass through: to the breaker they are successes.
 */
public final class RecorderGuard implements RecorderCondition {

    private static final Logger LOG = Logger.getLogger(RecorderGuard.class);
    private static final TypeLiteral<CompletionStage<Object>> STAGE = new TypeLiteral<>() {};

    private final String name;
    private final GuardConfig config;
    private final RecorderMeters meters;
    private final Guard admission;
    private final Guard oneTry;
    private final Guard retries;
    private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;
    private volatile long openedAt;

    /** As the other one, for the only recorder. */
    public RecorderGuard(GuardConfig config, RecorderMeters meters) {
        this("recorder", config, meters);
    }

    /**
     * Builds the guard; it keeps its breaker's state for as long as it lives.
     *
     * @param name what the log calls the recorder
     * @param meters hear of every call, every try, and the breaker
     * @throws IllegalArgumentException if there would never be time for another try; the message names both settings
     */
    public RecorderGuard(String name, GuardConfig config, RecorderMeters meters) {
        if (config.retryDelay().compareTo(config.deadline()) >= 0) {
            throw new IllegalArgumentException("live-recordings.guard.retry-delay: must be shorter than"
                    + " live-recordings.guard.deadline, but they are " + config.retryDelay() + " and "
                    + config.deadline());
        }
        this.name = name;
        this.config = config;
        this.meters = meters;
        meters.circuit(
                Arrays.stream(CircuitBreakerState.values()).map(Words::of).toList(), () -> Words.of(state));
        List<Class<? extends Throwable>> troubles = List.of(RecorderUnavailableException.class, TimeoutException.class);
        // A guard of its own, around the others: within one, the breaker would take a call that found no room for a
        // success.
        this.admission = Guard.create()
                .withDescription(name + " admission")
                .withBulkhead()
                .limit(config.concurrentCalls())
                .queueSize(config.queuedCalls())
                .done()
                .build();
        this.oneTry = Guard.create()
                .withDescription(name)
                .withTimeout()
                .duration(config.attemptTimeout().toMillis(), ChronoUnit.MILLIS)
                .done()
                .withCircuitBreaker()
                .failOn(troubles)
                .requestVolumeThreshold(config.breaker().window())
                .failureRatio(config.breaker().failureRatio())
                .delay(config.breaker().delay().toMillis(), ChronoUnit.MILLIS)
                .successThreshold(config.breaker().successes())
                .onStateChange(this::stateChanged)
                .done()
                .build();
        this.retries = Guard.create()
                .withDescription(name + " retries")
                .withRetry()
                .maxRetries(config.retries())
                .delay(config.retryDelay().toMillis(), ChronoUnit.MILLIS)
                .jitter(config.retryJitter().toMillis(), ChronoUnit.MILLIS)
                .maxDuration(config.deadline().toMillis(), ChronoUnit.MILLIS)
                .retryOn(troubles)
                .done()
                .build();
    }

    private void stateChanged(CircuitBreakerState now) {
        LOG.warnf("%s circuit=%s before=%s", name, now, state);
        openedAt = System.nanoTime();
        state = now;
    }

    /** Known before a call queues for its turn, where it would wait behind the very calls that opened the circuit. */
    private boolean isOpen() {
        return state == CircuitBreakerState.OPEN
                && System.nanoTime() - openedAt < config.breaker().delay().toNanos();
    }

    @Override
    public boolean isWell() {
        return state == CircuitBreakerState.CLOSED;
    }

    @Override
    public Map<String, String> details() {
        return Map.of("circuit", Words.of(state));
    }

    /**
     * Makes a call that may be repeated.
     *
     * @param deadline the request's; without one the call has its own
     * @param call asks the recorder; never throws
     * @return ends within the deadline, as {@link org.liverecordings.recording.recorder.CallRecorder} says
     */
    public <T> CompletionStage<T> repeatable(Deadline deadline, Supplier<CompletionStage<T>> call) {
        Tries<T> tries = new Tries<>(call, meters);
        return guarded(deadline, tries, () -> retries.call(() -> oneTry.call(tries::next, STAGE), STAGE));
    }

    /**
     * Makes a call that must not be repeated.
     *
     * @param deadline the request's; without one the call has its own
     * @param call asks the recorder; never throws
     * @return ends within the deadline, as {@link org.liverecordings.recording.recorder.CallRecorder} says
     */
    public <T> CompletionStage<T> once(Deadline deadline, Supplier<CompletionStage<T>> call) {
        Tries<T> tries = new Tries<>(call, meters);
        return guarded(deadline, tries, () -> oneTry.call(tries::next, STAGE));
    }

    @SuppressWarnings("unchecked") // The guards pass through what the tries of T give.
    private <T> CompletionStage<T> guarded(
            Deadline deadline, Tries<T> tries, Callable<CompletionStage<Object>> trying) {
        if (deadline.isOver()) {
            return CompletableFuture.failedStage(new RecorderUnavailableException("no time is left", false, null));
        }
        long millis = Math.min(config.deadline().toMillis(), deadline.left().toMillis());
        CompletableFuture<Object> result;
        try {
            result = isOpen()
                    ? CompletableFuture.failedFuture(new CircuitBreakerOpenException("open"))
                    : admission.call(() -> tryNow(tries, trying), STAGE).toCompletableFuture();
        } catch (Exception e) {
            result = CompletableFuture.failedFuture(e);
        }
        return result.orTimeout(millis, TimeUnit.MILLISECONDS).handle((value, failure) -> {
            meters.called(tries.outcome(failure));
            if (failure == null || tries.hasDoneItBefore(failure)) {
                return (T) value;
            }
            throw new CompletionException(tries.translate(failure));
        });
    }

    private static CompletionStage<Object> tryNow(Tries<?> tries, Callable<CompletionStage<Object>> trying) {
        try {
            return tries.isOver() ? CompletableFuture.completedStage(null) : trying.call();
        } catch (Exception e) {
            return CompletableFuture.failedStage(e);
        }
    }
}
