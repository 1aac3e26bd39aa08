package org.liverecordings.recording.stop;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.RejectedException;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnitOfWork;

/**
 * Asks the recorder for a stop and tells who may claim it.
 *
 * <p>The recorder is the arbiter, so that replicas need no lock: whoever it confirms a stop to may claim it. One case is left:
 * it knows no such live recording, but an earlier attempt ended unknown, so that it may well have been that attempt which
 * stopped the recording. Then whoever takes the <em>stop pending</em> mark away claims it: a client that repeats a stop after a
 * lost reply gets its confirmation, once. While another attempt is in flight it isn't known whether there will be such a mark,
 * hence {@link Asked#settle} waits for it.
 *
 * <p>What is claimed is <em>about to be told</em> until {@link Auditing#ofStop} ends it. If whoever claimed it dies before, the next
 * one may tell it in its place.
 */
final class StopArbiter {

    private static final long FIRST_POLL_MILLIS = 5;
    private static final long LAST_POLL_MILLIS = 80;

    private final PendingStops pending;
    private final UnitOfWork unitOfWork;
    private final Duration patience;

    /**
     * @param patience how long a stop may take from being asked to being settled, at most
     */
    StopArbiter(PendingStops pending, UnitOfWork unitOfWork, Duration patience) {
        this.pending = pending;
        this.unitOfWork = unitOfWork;
        this.patience = patience;
    }

    /** Notes the attempt, then asks the recorder. Doesn't wait for its answer. */
    Asked ask(RecordingTarget target, Supplier<CompletionStage<Void>> recorder) {
        PendingStops.Attempt attempt = pending.begin(target);
        try {
            return new Asked(attempt, recorder.get());
        } catch (RuntimeException e) {
            // The recorder wasn't asked: whoever comes next need not wait for this attempt.
            end(attempt, false, e);
            throw e;
        }
    }

    /**
     * Claims a stop of which nobody was told, because who wanted to tell it died. Waits while it may yet be told.
     *
     * @param note called in the same unit of work if the stop is this caller's to claim
     * @return what to tell
     * @throws NoLiveRecordingException if it was told
     */
    PendingStops.Attempt claimUntold(RecordingTarget target, Runnable note) {
        awaitOthers(target, System.nanoTime());
        return claim(target, () -> false, note);
    }

    /**
     * Claiming is an attempt of its own: those who come to claim as well wait for it, and what they left pending goes with it.
     */
    private PendingStops.Attempt claim(RecordingTarget target, BooleanSupplier forget, Runnable note) {
        if (!pending.isClaimable(target)) {
            forget.getAsBoolean();
            throw new NoLiveRecordingException();
        }
        AtomicReference<PendingStops.Attempt> telling = new AtomicReference<>();
        unitOfWork.run(() -> {
            telling.set(null);
            PendingStops.Attempt begun = pending.beginTelling(target);
            PendingStops.Attempt claim = pending.begin(target);
            boolean claimed = false;
            try {
                // Whose entry is gone already was claimed by whoever forgot it, unless that one told nobody.
                boolean forgotten = forget.getAsBoolean();
                claimed = pending.takeUntold(target) | pending.takeUnknown(target) & forgotten;
                if (claimed) {
                    note.run();
                }
            } catch (RuntimeException e) {
                // Nobody was told: whoever repeats the stop must find the mark again.
                end(claim, claimed, e);
                throw e;
            }
            if (claimed) {
                pending.endStopped(claim);
                telling.set(begun);
            } else {
                pending.end(claim);
                pending.end(begun);
            }
        });
        if (telling.get() == null) {
            throw new NoLiveRecordingException();
        }
        return telling.get();
    }

    /**
     * Waits for those who may have stopped the target. Who began after the recorder said that there is nothing to stop can't have;
     * if the wait were for them as well, a stream of stops would keep each of them waiting.
     */
    private void awaitOthers(RecordingTarget target, long since) {
        PendingStops.InFlight others = pending.inFlight(target);
        Set<UUID> before = new HashSet<>(others.asked());
        long poll = FIRST_POLL_MILLIS;
        while (others.telling() || !before.isEmpty()) {
            if (System.nanoTime() - since > patience.toNanos()) {
                throw new RecorderUnavailableException("another stop of the same is still in flight", false, null);
            }
            try {
                Thread.sleep(poll);
                // Most attempts end at once; one that doesn't must not have its store asked all the time.
                poll = Math.min(LAST_POLL_MILLIS, 2 * poll);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RecorderUnavailableException("interrupted while another stop is in flight", false, e);
            }
            others = pending.inFlight(target);
            before.retainAll(others.asked());
        }
    }

    private void end(PendingStops.Attempt attempt, boolean unknown, RuntimeException failure) {
        try {
            end(attempt, unknown);
        } catch (StoreUnavailableException e) {
            // What is known is ended later, what isn't counts as unknown anyway; what went wrong first is what to tell.
            failure.addSuppressed(e);
        }
    }

    private void end(PendingStops.Attempt attempt, boolean unknown) {
        if (unknown) {
            pending.endUnknown(attempt);
        } else {
            pending.end(attempt);
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
         * @param forget called once the recorder confirmed the stop, or it is known that it knows no such recording; false if
         *     another caller has forgotten it, and with it claimed its end
         * @param note called in the same unit of work if the stop is this caller's to claim
         * @return what to tell
         * @throws NoLiveRecordingException if there is nothing to claim
         * @throws RejectedException as the recorder says
         * @throws RecorderException as the recorder says; its outcome is noted
         * @throws StoreUnavailableException if a stop can't be claimed now, or it can't be found out whether there is one to claim;
         *     whoever repeats it may claim it
         */
        PendingStops.Attempt settle(BooleanSupplier forget, Runnable note) {
            return settle(forget, note, () -> false, () -> {});
        }

        /**
         * As {@link #settle(BooleanSupplier, Runnable)}, for a stop of which a part may have been carried out although it failed.
         *
         * @param part whether a part was carried out, so that whoever repeats the stop is to be told of that
         * @param notePart called in the unit of work in which such a failure is noted
         */
        PendingStops.Attempt settle(BooleanSupplier forget, Runnable note, BooleanSupplier part, Runnable notePart) {
            Throwable failure = failure();
            if (failure == null) {
                return settleStopped(forget, note);
            }
            if (failure instanceof NoLiveRecordingException none) {
                end(attempt, none.afterLostReply());
                awaitOthers(attempt.target(), askedAt);
                return claim(attempt.target(), forget, note);
            }
            throw settleFailure(failure, part, notePart);
        }

        private Throwable failure() {
            try {
                answer.toCompletableFuture().join();
                return null;
            } catch (CompletionException e) {
                return RecorderAnswers.cause(e);
            } catch (CancellationException e) {
                return e;
            }
        }

        private PendingStops.Attempt settleStopped(BooleanSupplier forget, Runnable note) {
            AtomicReference<PendingStops.Attempt> telling = new AtomicReference<>();
            try {
                unitOfWork.run(() -> {
                    telling.set(null);
                    PendingStops.Attempt begun = pending.beginTelling(attempt.target());
                    if (!forget.getAsBoolean()) {
                        pending.end(attempt);
                        pending.end(begun);
                    } else if (pending.endStopped(attempt)) {
                        note.run();
                        telling.set(begun);
                    } else {
                        pending.end(begun);
                    }
                });
            } catch (RuntimeException e) {
                end(attempt, true, e);
                throw e;
            }
            if (telling.get() == null) {
                // Whoever claimed it may have died before it told anybody.
                awaitOthers(attempt.target(), askedAt);
                return claim(attempt.target(), () -> false, note);
            }
            return telling.get();
        }

        private RuntimeException settleFailure(Throwable failure, BooleanSupplier part, Runnable notePart) {
            if (failure instanceof RecorderException || failure instanceof RejectedException) {
                RuntimeException known = (RuntimeException) failure;
                if (part.getAsBoolean()) {
                    settlePart(notePart, known);
                } else {
                    end(attempt, failure instanceof RecorderException e && e.mayHaveArrived(), known);
                }
                return known;
            }
            if (failure instanceof StoreUnavailableException e) {
                // It can't be noted now; an attempt that nobody ends counts as ended unknown in the end.
                return e;
            }
            end(attempt, true);
            return new RecorderFailedException("unexpected: " + failure, true, failure);
        }

        private void settlePart(Runnable notePart, RuntimeException failure) {
            try {
                unitOfWork.run(() -> {
                    notePart.run();
                    pending.endUnknown(attempt);
                });
            } catch (StoreUnavailableException e) {
                // An attempt that nobody ends counts as ended unknown, hence what was carried out will be told.
                failure.addSuppressed(e);
            }
        }
    }
}
