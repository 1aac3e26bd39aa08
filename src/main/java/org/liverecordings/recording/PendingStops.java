package org.liverecordings.recording;

import java.util.UUID;

/**
 * The stops that a recorder was asked for and whose outcome isn't settled: in flight, or ended unknown. An attempt is noted
 * before the recorder is asked, so that a stop whose asker died is known to have been asked. Safe for use by many threads.
 */
public interface PendingStops {

    /** Notes that the recorder is about to be asked. Until it is ended, the attempt is in flight. */
    Attempt begin(StopTarget target);

    /** Ends an attempt of which the outcome is known, and which leaves nothing to be told. */
    void end(Attempt attempt);

    /** Ends an attempt that the recorder may have carried out: the target is <em>stop pending</em>. */
    void endUnknown(Attempt attempt);

    /**
     * Ends an attempt that stopped the target: nothing is pending any more. Attempts that are still in flight leave no mark
     * however they end, since what they would be told is told already.
     */
    void endStopped(Attempt attempt);

    /** Whether an attempt at the target is in flight; one whose asker is overdue isn't: it counts as ended unknown. */
    boolean inFlight(StopTarget target);

    /**
     * Takes the <em>stop pending</em> mark away.
     *
     * @return true if it was there; of simultaneous calls exactly one gets true
     */
    boolean takeUnknown(StopTarget target);

    /**
     * One asking of the recorder.
     *
     * @param id tells attempts at one target apart
     */
    record Attempt(UUID id, StopTarget target) {}
}
