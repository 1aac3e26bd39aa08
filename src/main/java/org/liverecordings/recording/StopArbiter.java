package org.liverecordings.recording;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Asks the recorder for a stop and tells who may claim it.
 *
 * <p>The recorder is the arbiter, so that replicas need no lock: whoever it confirms a stop to may claim it. One case is left:
 * it knows no such live recording, but an earlier attempt ended unknown, so that it may well have been that attempt which
 * stopped the recording. Then whoever takes the <em>stop pending</em> mark away claims it: a client that repeats a stop after a
 * lost reply gets its confirmation, once. While another attempt is in flight it isn't known whether there will be such a mark,
 * hence {@link Asked#settle} waits for it.
 */
final class StopArbiter {

    private static final long POLL_MILLIS = 5;

    private final PendingStops pending;
    private final Duration patience;

    /**
     * @param patience how long a stop may take from being asked to being settled, at most
     */
    StopArbiter(PendingStops pending, Duration patience) {
        this.pending = pending;
        this.patience = patience;
    }

    /** Notes the attempt, then asks the recorder. Doesn't wait for its answer. */
    Asked ask(StopTarget target, Supplier<CompletionStage<Void>> recorder) {
        PendingStops.Attempt attempt = pending.begin(target);
        try {
            return new Asked(attempt, recorder.get());
        } catch (RuntimeException e) {
            pending.end(attempt);
            throw e;
        }
    }

    /** A stop whose answer is outstanding. */
    final class Asked {

        private final PendingStops.Attempt attempt;
        private final CompletionStage<Void> answer;
        private final long askedAt = System.nanoTime();

        private Asked(PendingStops.Attempt attempt, CompletionStage<Void> answer) {
            this.attempt = attempt;
            this.answer = answer;
        }

        /**
         * Waits for the recorder's answer. Returning means that the stop is this caller's to claim.
         *
         * @param forget called once it is known that the recording is over; false if another caller has claimed its end
         * @throws NoLiveRecordingException if there is nothing to claim
         * @throws StopRejectedException as the recorder says
         * @throws RecorderException as the recorder says; its outcome is noted
         */
        void settle(BooleanSupplier forget) {
            try {
                answer.toCompletableFuture().join();
            } catch (CompletionException e) {
                settleFailure(e.getCause(), forget);
                return;
            } catch (CancellationException e) {
                settleFailure(e, forget);
                return;
            }
            boolean claimed;
            try {
                claimed = forget.getAsBoolean();
            } catch (RuntimeException e) {
                pending.endUnknown(attempt);
                throw e;
            }
            pending.endStopped(attempt);
            if (!claimed) {
                throw new NoLiveRecordingException();
            }
        }

        private void settleFailure(Throwable failure, BooleanSupplier forget) {
            if (failure instanceof NoLiveRecordingException none) {
                end(none.afterLostReply());
                awaitOthers();
                claimUnknown(forget);
            } else if (failure instanceof RecorderException e) {
                end(e.mayHaveArrived());
                throw e;
            } else if (failure instanceof StopRejectedException e) {
                end(false);
                throw e;
            } else {
                end(true);
                throw new RecorderFailedException("unexpected: " + failure, true, failure);
            }
        }

        /**
         * Claiming is an attempt of its own: those who come to claim as well wait for it, and what they left pending goes with
         * it.
         */
        private void claimUnknown(BooleanSupplier forget) {
            PendingStops.Attempt claim = pending.begin(attempt.target());
            boolean taken = false;
            try {
                taken = pending.takeUnknown(attempt.target());
                forget.getAsBoolean();
            } catch (RuntimeException e) {
                // Nobody was told: whoever repeats the stop must find the mark again.
                end(claim, taken);
                throw e;
            }
            if (!taken) {
                pending.end(claim);
                throw new NoLiveRecordingException();
            }
            pending.endStopped(claim);
        }

        private void end(boolean unknown) {
            end(attempt, unknown);
        }

        private void end(PendingStops.Attempt ended, boolean unknown) {
            if (unknown) {
                pending.endUnknown(ended);
            } else {
                pending.end(ended);
            }
        }

        private void awaitOthers() {
            while (pending.inFlight(attempt.target())) {
                if (System.nanoTime() - askedAt > patience.toNanos()) {
                    throw new RecorderUnavailableException("another stop of the same is still in flight", false, null);
                }
                try {
                    Thread.sleep(POLL_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new RecorderUnavailableException("interrupted while another stop is in flight", false, e);
                }
            }
        }
    }
}
