package org.liverecordings.recording.stop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.recorder.NoUsableListException;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.Holds.Hold;
import org.liverecordings.recording.store.StoreUnavailableException;

/**
 * Which stops put a hold on the lines of what they stop: those for want of consent, or all of them.
 *
 * <p>It is put together with the leases, before the recorder is asked: whatever becomes of the stop, the recording isn't started again.
 * Only a stop of nothing takes it back.
 */
public final class StopHolds {

    /** The reason with which a stop always puts a hold. */
    public static final String CONSENT_WITHDRAWN = "consent-withdrawn";

    private static final String NO_LINE = "nobody knows the line of what is stopped, so no hold is put";

    private final Holds holds;
    private final boolean always;
    private final Duration duration;

    /**
     * @param always whether every stop puts one
     * @param duration how long it lasts unless it is lifted
     */
    public StopHolds(Holds holds, boolean always, Duration duration) {
        this.holds = holds;
        this.always = always;
        this.duration = duration;
    }

    /** Those of one stop. */
    OfStop of(StopRequest request, Auditing audit) {
        return new OfStop(request, audit);
    }

    /** What one stop does about holds. */
    final class OfStop {

        private final StopRequest request;
        private final Auditing audit;
        private final List<Hold> put = new ArrayList<>();

        private OfStop(StopRequest request, Auditing audit) {
            this.request = request;
            this.audit = audit;
        }

        /** Whether it puts any. */
        boolean isWanted() {
            return always || CONSENT_WITHDRAWN.equalsIgnoreCase(request.why());
        }

        /**
         * Puts a hold on each of the lines, if any is wanted. Part of a unit of work, which may run more than once.
         *
         * @param lines empty if nobody knows on which lines that is which is to be stopped. The trail tells that there is no hold
         */
        void put(Collection<LineSelector> lines) {
            if (isWanted() && lines.isEmpty()) {
                audit.changes().noted(Operation.PUT_HOLD, null, null, new NoUsableListException(NO_LINE, null));
            } else if (isWanted()) {
                // One whose time is over makes room for the next, and its end must be told before that one is.
                audit.changes().endLapsedHolds(holds, lines);
                audit.changes().holds(EventType.HOLD_PLACED, () -> {
                    List<Hold> placed =
                            holds.put(lines, request.why(), request.caller().name(), duration);
                    placed.forEach(hold ->
                            audit.changes().noted(Operation.PUT_HOLD, hold.id().toString(), hold.line(), null));
                    put.addAll(placed);
                    return placed.stream().map(Hold::line).toList();
                });
            }
        }

        /**
         * Nothing was stopped: what this stop put goes again, as far as that can be done now. What another stop put as well stays: its
         * caller may have been told that the recording is stopped, and counts on the hold.
         */
        RuntimeException takeBack(RuntimeException nothing) {
            try {
                put.forEach(hold -> audit.changes().holds(EventType.HOLD_LIFTED, () -> takenBack(hold)));
            } catch (StoreUnavailableException e) {
                nothing.addSuppressed(e);
            }
            return nothing;
        }

        private List<LineSelector> takenBack(Hold hold) {
            if (!holds.end(hold)) {
                return List.of();
            }
            audit.changes().noted(Operation.LIFT_HOLD, hold.id().toString(), hold.line(), null);
            return List.of(hold.line());
        }
    }
}
