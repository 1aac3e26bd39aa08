package org.liverecordings.recording.audit;

import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.store.Holds;

/** Changes that a request makes besides its end, each in one unit of work with its events. */
public final class PublishedChanges {

    private final AuditedRequests requests;
    private final Asked asked;

    PublishedChanges(AuditedRequests requests, Asked asked) {
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
     * @param change does it, and returns the lines whose holds it changed
     */
    public void holds(EventType type, Supplier<Collection<LineSelector>> change) {
        requests.unitOfWork.run(() -> requests.events.held(change.get(), type, asked.cause()));
    }

    /** As {@link AuditedRequests#endLapsedHolds}: it isn't the request that ends them. */
    public void endLapsedHolds(Holds holds, Collection<LineSelector> lines) {
        requests.endLapsedHolds(holds, lines);
    }

    /**
     * Notes on the trail what the request does besides what it asks for, as an operation of its own. Part of a unit of work.
     *
     * @param id what it is done to; null if it has none
     * @param line where; null if nobody knows
     * @param failure why it couldn't be done; null if it was
     */
    public void noted(Operation operation, String id, LineSelector line, RuntimeException failure) {
        requests.note(operation, asked.caller(), id, line, asked.why(), failure);
    }
}
