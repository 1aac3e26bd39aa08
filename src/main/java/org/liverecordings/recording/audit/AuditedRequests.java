package org.liverecordings.recording.audit;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Entry;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.audit.AuditTrail.Outcome;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.Holds.Hold;
import org.liverecordings.recording.store.UnitOfWork;

/** Runs the requests that change something: each leaves what was asked and how it ended on the trail, and its answer under its key. */
public final class AuditedRequests {

    /** Who ends holds that nobody lifts, on the trail. */
    public static final String SERVICE = "live-recordings";

    private static final String LAPSED = "its time is over";

    /** How many holds end in one unit of work. */
    private static final int AT_ONCE = 100;

    private static final Duration MARGIN = Duration.ofMillis(1500);

    final AuditTrail trail;
    final UnitOfWork unitOfWork;
    final IdempotencyKeys keys;
    final Events events;

    /** None is null. */
    public AuditedRequests(AuditTrail trail, UnitOfWork unitOfWork, IdempotencyKeys keys, Events events) {
        this.trail = trail;
        this.unitOfWork = unitOfWork;
        this.keys = keys;
        this.events = events;
    }

    /** For how long a request takes a lease: beyond its deadline, since what was asked just before it is settled just after it. */
    public static Duration lease(Deadline deadline) {
        return deadline.left().plus(MARGIN);
    }

    /**
     * Runs a request.
     *
     * @param asked what is asked, and by whom
     * @param permission throws {@link org.liverecordings.recording.NotPermittedException} if the caller's level doesn't reach that far;
     *     before it nothing is looked up, not even the key
     * @param work does it, and calls {@link Auditing#asked()} before it does anything
     * @return what the work returned
     * @throws org.liverecordings.recording.NotPermittedException also if the caller has no level at all
     * @throws org.liverecordings.recording.idempotency.RepeatedAnswerException if it was answered before
     * @throws org.liverecordings.recording.idempotency.KeyReusedException if its key was used for something else
     * @throws RuntimeException what the work threw
     */
    public <T> T run(Asked asked, Runnable permission, Function<Auditing, T> work) {
        return new Auditing(this, asked).run(permission, work);
    }

    /**
     * Ends holds that nobody lifts, in one unit of work with an entry on the trail and an event for each. Nobody asked for it.
     *
     * @param why for the trail
     * @param end ends them; returns those that it ended
     * @return how many it ended
     */
    public int endHolds(String why, Supplier<List<Hold>> end) {
        Caller service = new Caller(
                SERVICE, Caller.COMPLETE_MANAGEMENT, null, UUID.randomUUID().toString());
        AtomicInteger count = new AtomicInteger();
        unitOfWork.run(() -> {
            List<Hold> ended = end.get();
            count.set(ended.size());
            ended.forEach(hold -> note(Operation.END_HOLD, service, hold.id().toString(), hold.line(), why, null));
            events.held(ended.stream().map(Hold::line).toList(), EventType.HOLD_ENDED, null);
        });
        return count.get();
    }

    /** Ends the holds on these lines whose time is over, as {@link #endHolds} says. */
    public void endLapsedHolds(Holds holds, Collection<LineSelector> lines) {
        endHolds(LAPSED, () -> holds.removeLapsed(lines));
    }

    /**
     * Ends some of the holds whose time is over, as {@link #endHolds} says.
     *
     * @return how many; 0 if none is left
     */
    public int endLapsedHolds(Holds holds) {
        return endHolds(LAPSED, () -> holds.removeLapsed(AT_ONCE));
    }

    /** As {@link PublishedChanges#noted}. */
    void note(Operation operation, Caller caller, String id, LineSelector line, String why, RuntimeException failure) {
        Entry entry = trail.asked(new Asked(
                operation,
                caller,
                id,
                line == null ? null : Objects.toString(line.deviceName(), null),
                line == null ? null : Objects.toString(line.directoryNumber(), null),
                why));
        Result result = failure == null ? Result.DONE : Result.FAILED;
        trail.ended(entry, new Outcome(result, null, List.of(), Duration.ZERO, failure));
    }

    /** As {@link #run(Asked, Runnable, Function)}, for what every level may ask. Its entry on the trail is begun first. */
    public <T> T run(Asked asked, Function<Auditing, T> work) {
        return run(asked, () -> {}, auditing -> {
            auditing.asked();
            return work.apply(auditing);
        });
    }
}
