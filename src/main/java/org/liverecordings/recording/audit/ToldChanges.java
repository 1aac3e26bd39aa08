package org.liverecordings.recording.audit;

import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.store.UnitOfWork;

/** Changes that a request makes besides its end, each in one unit of work with the events that tell so. */
public final class ToldChanges {

    private final UnitOfWork unitOfWork;
    private final Events events;
    private final Cause cause;

    ToldChanges(UnitOfWork unitOfWork, Events events, Cause cause) {
        this.unitOfWork = unitOfWork;
        this.events = events;
        this.cause = cause;
    }

    /**
     * Forgets a recording that didn't start.
     *
     * @param forget whether it was there
     */
    public void startFailed(LiveRecording recording, BooleanSupplier forget) {
        unitOfWork.run(() -> {
            if (forget.getAsBoolean()) {
                events.ended(recording, EventType.START_FAILED, cause);
            }
        });
    }

    /**
     * Changes holds.
     *
     * @param change does it, and returns the lines whose holds it changed
     */
    public void holds(EventType type, Supplier<Collection<LineSelector>> change) {
        unitOfWork.run(() -> events.held(change.get(), type, cause));
    }
}
