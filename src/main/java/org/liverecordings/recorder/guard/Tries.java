package org.liverecordings.recorder.guard;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.liverecordings.metrics.RecorderMeters;
import org.liverecordings.metrics.RecorderMeters.Outcome;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.text.TraceContext;

/** The tries of one call, and what they leave unknown. */
final class Tries<T> {

    private final Supplier<CompletionStage<T>> call;
    private final RecorderMeters meters;
    private final TraceContext trace = TraceContext.current();
    private int count;
    private boolean earlierUnknown;
    private boolean latestUnknown;
    private boolean over;

    Tries(Supplier<CompletionStage<T>> call, RecorderMeters meters) {
        this.call = call;
        this.meters = meters;
    }

    CompletionStage<Object> next() {
        int number;
        synchronized (this) {
            if (over) {
                // The caller was told how it ended: from then on nothing may happen on its behalf. To the breaker
                // anything else than trouble would be a success of a recorder that wasn't asked.
                return CompletableFuture.failedStage(new RecorderUnavailableException("over", false, null));
            }
            earlierUnknown |= latestUnknown;
            latestUnknown = true;
            number = ++count;
        }
        long begun = System.nanoTime();
        // A retry begins on a thread that knows nothing of the request.
        return trace.within(call).<Object>thenApply(value -> value).whenComplete((value, failure) -> {
            meters.tried(RecorderAnswers.cause(failure), Duration.ofNanos(System.nanoTime() - begun));
            answered(number, RecorderAnswers.cause(failure));
        });
    }

    /**
     * An answer to a try that was given up comes too late: another one may already have relied on its being unknown. If it
     * is that the recorder did what was asked, that stays unknown to the caller until another try learns it.
     */
    private synchronized void answered(int number, Throwable failure) {
        if (number == count && failure != null) {
            latestUnknown = failure instanceof RecorderException e && e.mayHaveArrived();
        }
    }

    synchronized boolean isOver() {
        return over;
    }

    /** A try whose reply was lost has paused or resumed the recording: the next one finds it so. */
    synchronized boolean hasDoneItBefore(Throwable failure) {
        return earlierUnknown && RecorderAnswers.cause(failure) instanceof AlreadySoException;
    }

    /** How the call ended, for the metrics. */
    Outcome outcome(Throwable wrapped) {
        Throwable failure = RecorderAnswers.cause(wrapped);
        if (failure == null || hasDoneItBefore(failure)) {
            return Outcome.DONE;
        }
        if (failure instanceof CircuitBreakerOpenException) {
            return Outcome.CIRCUIT_OPEN;
        }
        if (failure instanceof BulkheadException) {
            return Outcome.NO_ROOM;
        }
        return isLate(failure) ? Outcome.UNAVAILABLE : Outcome.of(failure);
    }

    private static boolean isLate(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof java.util.concurrent.TimeoutException;
    }

    synchronized Throwable translate(Throwable wrapped) {
        over = true;
        Throwable failure = RecorderAnswers.cause(wrapped);
        boolean unknown = earlierUnknown || latestUnknown;
        if (failure instanceof NoLiveRecordingException) {
            return new NoLiveRecordingException(earlierUnknown);
        }
        if (failure instanceof RecorderException e) {
            return e.orEarlier(unknown);
        }
        if (isLate(failure)) {
            return new RecorderUnavailableException("no answer in time", unknown, null);
        }
        if (failure instanceof CircuitBreakerOpenException) {
            return new RecorderUnavailableException("circuit open", unknown, null);
        }
        if (failure instanceof BulkheadException) {
            return new RecorderUnavailableException("too many calls under way", unknown, null);
        }
        return failure;
    }
}
