package org.liverecordings.recording.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RejectedException;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Entry;
import org.liverecordings.recording.audit.AuditTrail.Outcome;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnitOfWork;

/** Keeps the trail of one request: what was asked before anything is done, each confirmation, and how it ended. */
public final class Auditing {

    private final AuditTrail trail;
    private final Entry entry;
    private final List<RecordingId> confirmed = new ArrayList<>();
    private final List<PendingStops.Attempt> tellings = new ArrayList<>();
    private final long started = System.nanoTime();

    private Auditing(AuditTrail trail, Asked asked) {
        this.trail = trail;
        this.entry = trail.asked(asked);
    }

    /**
     * Does the work of a request and notes its end, whatever it is.
     *
     * @throws NotPermittedException if the caller has no level at all
     */
    public static <T> T of(AuditTrail trail, Asked asked, Function<Auditing, T> work) {
        return of(new Auditing(trail, asked), work, Auditing::done);
    }

    /**
     * Does the work of a stop, and then tells: what the work claimed ends together with its entry on the trail, right before the
     * caller is told. Whoever dies in between leaves a stop that the next one can claim.
     *
     * @throws NoLiveRecordingException if others were told of all that was claimed, since this caller was overdue
     * @throws NotPermittedException if the caller has no level at all
     */
    public static List<RecordingId> ofStop(
            AuditTrail trail,
            UnitOfWork unitOfWork,
            PendingStops pending,
            Asked asked,
            Function<Auditing, List<RecordingId>> work) {
        return of(
                new Auditing(trail, asked),
                auditing -> auditing.orGiveUpTelling(pending, work),
                auditing -> unitOfWork.run(() -> {
                    auditing.tell(pending);
                    auditing.end(Result.DONE, null, null);
                }));
    }

    private static <T> T of(Auditing auditing, Function<Auditing, T> work, Consumer<Auditing> closing) {
        try {
            if (!auditing.entry.asked().caller().hasOwnLines()) {
                throw new NotPermittedException();
            }
            T result = work.apply(auditing);
            closing.accept(auditing);
            return result;
        } catch (RuntimeException e) {
            auditing.failed(e);
            throw e;
        }
    }

    /** What the caller of a stop is to be told at its end. */
    public void toTell(PendingStops.Attempt telling) {
        tellings.add(telling);
    }

    /** Who hears that some of several failed repeats the stop, and is told then. */
    private List<RecordingId> orGiveUpTelling(PendingStops pending, Function<Auditing, List<RecordingId>> work) {
        try {
            return work.apply(this);
        } catch (RuntimeException e) {
            try {
                tellings.forEach(pending::giveUpTelling);
            } catch (StoreUnavailableException unavailable) {
                e.addSuppressed(unavailable);
            }
            throw e;
        }
    }

    private void tell(PendingStops pending) {
        boolean told = false;
        for (PendingStops.Attempt telling : tellings) {
            told |= pending.endTelling(telling);
        }
        if (!told) {
            throw new NoLiveRecordingException();
        }
    }

    /** Part of the unit of work in which the change takes effect. */
    public void confirmed(RecordingId recording) {
        trail.confirmed(entry, recording);
    }

    /** After the unit of work, which may have had to run more than once or in vain. */
    public void tookEffect(RecordingId recording) {
        if (recording != null) {
            confirmed.add(recording);
        }
    }

    private void done() {
        try {
            end(Result.DONE, null, null);
        } catch (StoreUnavailableException e) {
            // Each confirmation is on the trail already: the caller, who would be told the opposite, must hear that it
            // is done.
        }
    }

    private void failed(RuntimeException failure) {
        try {
            if (failure instanceof RejectedException e) {
                end(Result.REJECTED, e.code(), null);
            } else if (failure instanceof NotPermittedException) {
                end(Result.FORBIDDEN, null, null);
            } else if (failure instanceof NoLiveRecordingException || failure instanceof NoConnectedCallException) {
                end(Result.NOT_LIVE, null, null);
            } else if (failure instanceof AlreadySoException) {
                end(Result.ALREADY_SO, null, null);
            } else if (failure instanceof RecorderException e && !e.mayHaveArrived()
                    || failure instanceof RecorderIncapableException) {
                end(Result.FAILED, null, failure);
            } else {
                end(Result.UNKNOWN, null, failure);
            }
        } catch (StoreUnavailableException e) {
            // What went wrong first is what the caller must hear; that it was asked is on the trail.
            failure.addSuppressed(e);
        }
    }

    private void end(Result result, Integer reason, Throwable cause) {
        Duration duration = Duration.ofNanos(System.nanoTime() - started);
        trail.ended(entry, new Outcome(result, reason, List.copyOf(confirmed), duration, cause));
    }
}
