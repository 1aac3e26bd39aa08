package org.liverecordings.recording.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Entry;
import org.liverecordings.recording.audit.AuditTrail.Outcome;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.idempotency.RepeatedAnswerException;
import org.liverecordings.recording.idempotency.StoredAnswer;
import org.liverecordings.recording.store.StoreUnavailableException;

/**
 * One request that changes something: its key, its entry on the trail, and its end.
 *
 * <p>An end is written once, by {@link #done} or {@link #settled}, or by whatever the work throws. A definitive answer is stored under
 * the key together with it; after any other the next request with the key is a new attempt.
 */
public final class Auditing {

    private final AuditedRequests requests;
    private final Asked asked;
    private final UUID holder = UUID.randomUUID();
    private final long started = System.nanoTime();
    private Entry entry;
    private HeldKey heldKey = HeldKey.NONE;
    private boolean keepsNoAnswer;
    private boolean ended;
    private boolean isLost;
    private List<RecordingId> confirmed = List.of();
    private Runnable withConfirmed = () -> {};

    Auditing(AuditedRequests requests, Asked asked) {
        this.requests = requests;
        this.asked = asked;
    }

    <T> T run(Runnable permission, Function<Auditing, T> work) {
        try {
            if (!asked.caller().hasOwnLines()) {
                throw new NotPermittedException();
            }
            permission.run();
            asked.checkReason();
            if (key() != null) {
                heldKey = HeldKey.take(requests.keys, key(), holder, deadline());
            }
            return work.apply(this);
        } catch (RuntimeException e) {
            failed(e);
            throw e;
        }
    }

    /** Until when the request may go on. */
    public Deadline deadline() {
        return asked.caller().deadline();
    }

    /** The client's key; null if it sent none. */
    public IdempotencyKey key() {
        return asked.caller().key();
    }

    /** Tells this request from any other: the fencing token of its leases and its key. */
    public UUID holder() {
        return holder;
    }

    /** Who asked for what, for the events that tell of it. */
    public Cause cause() {
        return asked.cause();
    }

    /** How long it has taken so far. */
    public Duration duration() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Begins the entry on the trail, unless it is begun. May be part of a unit of work. */
    public Entry asked() {
        if (entry == null) {
            isLost = true;
            entry = requests.trail.asked(asked);
            isLost = false;
        }
        return entry;
    }

    /** The unit of work in which the entry was begun had no effect. */
    public void notAsked() {
        entry = null;
        isLost = false;
    }

    /**
     * Learns what the recorder confirmed although the request as a whole failed: it will be on the trail with the failure.
     *
     * @param change part of the unit of work that writes it down, if it names any recording
     */
    public void confirmed(List<RecordingId> recordings, Runnable change) {
        confirmed = List.copyOf(recordings);
        withConfirmed = change;
    }

    /** The request ends without a definitive answer, whatever it throws: a repetition with the same key is a new attempt. */
    public void keepNoAnswer() {
        keepsNoAnswer = true;
    }

    /**
     * Notes that the request is done, with the answer under its key, in one unit of work.
     *
     * @param recordings those that the recorder confirmed; empty if it has no id for what it did
     * @param result what the operation returns; null if nothing
     * @param change part of the same unit of work
     * @throws StillUnderWayException if another request has taken the key over; then nothing took effect
     */
    public void done(List<RecordingId> recordings, Object result, Runnable change) {
        requests.unitOfWork.run(() -> {
            change.run();
            requests.trail.ended(asked(), new Outcome(Result.DONE, null, recordings, duration(), null));
            heldKey.store(result);
            requests.events.changed(recordings, cause());
        });
        ended = true;
    }

    /** What this request changes besides its end, and tells. */
    public PublishedChanges changes() {
        return new PublishedChanges(requests, asked);
    }

    /** Learns that the end was written, with the claim of a stop and the answer under the key. */
    public void settled(Result result, List<RecordingId> recordings, boolean inferred) {
        ended = true;
        requests.trail.settled(entry, new Outcome(result, null, recordings, duration(), null, inferred, false));
    }

    /** Learns for how long the request waited for others of the same. */
    public void waited(Duration duration) {
        requests.trail.waited(duration);
    }

    /** How it ended, if an end whose commit wasn't answered is on the trail. */
    public Optional<Result> writtenResult() {
        return requests.trail.resultOf(entry);
    }

    private void failed(RuntimeException failure) {
        if (ended || isLost) {
            // It stands on the trail; or the trail is away, and has said so.
            return;
        }
        try {
            Outcome outcome = Outcomes.of(failure, confirmed, duration());
            asked();
            if (heldKey.isNone() && confirmed.isEmpty()) {
                requests.trail.ended(asked(), outcome);
                return;
            }
            Optional<StoredAnswer> answer = keepsNoAnswer ? Optional.empty() : heldKey.answerTo(failure);
            try {
                requests.unitOfWork.run(() -> {
                    requests.trail.ended(asked(), outcome);
                    if (!confirmed.isEmpty()) {
                        withConfirmed.run();
                        requests.events.changed(confirmed, cause());
                    }
                    heldKey.end(answer);
                });
            } catch (StoreUnavailableException e) {
                requests.trail.settled(entry, outcome);
                throw e;
            }
        } catch (StoreUnavailableException e) {
            if (failure instanceof RepeatedAnswerException) {
                // An answer that was read may not outlive a failover of the database. A commit after it would show that
                // it does.
                throw e;
            }
            // What went wrong first is what the caller must hear; that it was asked is on the trail.
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }
}
