package org.liverecordings.recording.audit;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Entry;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.audit.AuditTrail.Outcome;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.event.EventType;

/** Changes that a request makes besides its end, each in one unit of work with the events that tell so. */
public final class ToldChanges {

    private final AuditedRequests requests;
    private final Asked asked;

    ToldChanges(AuditedRequests requests, Asked asked) {
        this.requests = requests;
        this.asked = asked;
    }

    /**
     * Forgets a recording that didn't start.
     *
     * @param forget whether it was there
     */
    public void startFailed(LiveRecording recording, BooleanSupplier forget) {
        requests.unitOfWork.run(() -> {
            if (forget.getAsBoolean()) {
                requests.events.ended(recording, EventType.START_FAILED, asked.cause());
            }
        });
    }

    /**
     * Changes holds.
     *
     * @param type nobody asked for those that {@link EventType#HOLD_ENDED}
     * @param change does it, and returns the lines whose holds it changed
     */
    public void holds(EventType type, Supplier<Collection<LineSelector>> change) {
        Cause cause = type == EventType.HOLD_ENDED ? null : asked.cause();
        requests.unitOfWork.run(() -> requests.events.held(change.get(), type, cause));
    }

    /**
     * Notes on the trail what the request does besides what it asks for, as an operation of its own. Part of a unit of work.
     *
     * @param id what it is done to; null if it has none
     * @param line where; null if nobody knows
     * @param failure why it couldn't be done; null if it was
     */
    public void noted(Operation operation, String id, LineSelector line, RuntimeException failure) {
        Entry entry = requests.trail.asked(new Asked(
                operation,
                asked.caller(),
                id,
                line == null ? null : Objects.toString(line.deviceName(), null),
                line == null ? null : Objects.toString(line.directoryNumber(), null),
                asked.why()));
        Result result = failure == null ? Result.DONE : Result.FAILED;
        requests.trail.ended(entry, new Outcome(result, null, List.of(), Duration.ZERO, failure));
    }
}
