package org.liverecordings.recording.stop;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.StoreUnavailableException;

/**
 * Which stops put a hold on the lines of what they stop: those for want of consent, or all of them.
 *
 * <p>It is put together with the leases, before the recorder is asked: whatever becomes of the stop, the recording isn't started again.
 * Only a stop of nothing takes it back.
 */
public final class StopHolds {

    private static final String CONSENT_WITHDRAWN = "consent-withdrawn";

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
    OfStop of(StopRequest request) {
        return new OfStop(request);
    }

    /** What one stop does about holds. */
    final class OfStop {

        private final StopRequest request;
        private final Set<UUID> put = new HashSet<>();

        private OfStop(StopRequest request) {
            this.request = request;
        }

        /** Whether it puts any. */
        boolean isWanted() {
            return always || CONSENT_WITHDRAWN.equalsIgnoreCase(request.why());
        }

        /** Puts a hold on each of the lines, if any is wanted. Part of a unit of work, which may run more than once. */
        void put(Collection<LineSelector> lines) {
            if (isWanted() && !lines.isEmpty()) {
                put.addAll(holds.put(lines, request.why(), request.caller().name(), duration));
            }
        }

        /** Nothing was stopped: what this stop put goes again, as far as that can be done now. */
        RuntimeException takeBack(RuntimeException nothing) {
            try {
                put.forEach(holds::lift);
            } catch (StoreUnavailableException e) {
                nothing.addSuppressed(e);
            }
            return nothing;
        }
    }
}
