package org.liverecordings.recording;

import java.time.Duration;
import java.util.List;

/** The trail of who stopped what, when, with which outcome. */
public interface AuditTrail {

    /** Adds an entry. */
    void stopAttempted(StopAttempted entry);

    /** How an attempt ended. */
    enum Outcome {
        /** Confirmed. */
        STOPPED,
        /** A rule forbids it. */
        REJECTED,
        /** What was named was not being recorded. */
        NOT_LIVE,
        /** The recorder may have stopped it. */
        UNKNOWN,
        /** It was not stopped. */
        FAILED
    }

    /**
     * One attempt to stop something.
     *
     * @param request what was asked, by whom
     * @param outcome never null
     * @param rejection null unless the outcome is {@link Outcome#REJECTED}
     * @param stopped the recordings that were stopped, as far as known; never null
     * @param duration from the request to its outcome
     * @param cause why it failed or isn't known; null otherwise
     */
    record StopAttempted(
            StopRequest request,
            Outcome outcome,
            StopRejection rejection,
            List<RecordingId> stopped,
            Duration duration,
            Throwable cause) {}
}
