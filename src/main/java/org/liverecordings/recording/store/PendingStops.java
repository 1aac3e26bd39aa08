package org.liverecordings.recording.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.liverecordings.recording.Line;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;

/**
 * The stops that a recorder was asked for and whose outcome isn't settled: in flight, or ended unknown. An attempt is noted
 * before the recorder is asked, so that a stop whose asker died is known to have been asked. Safe for use by many threads.
 */
public interface PendingStops {

    /** Notes that the recorder is about to be asked. Until it is ended, the attempt is in flight. */
    Attempt begin(RecordingTarget target);

    /**
     * Ends an attempt of which the outcome is known, and which leaves nothing to be told.
     *
     * @throws StoreUnavailableException if what keeps it can't be reached; then it is ended as soon as that can be reached again
     */
    void end(Attempt attempt);

    /** Ends an attempt that the recorder may have carried out: the target is <em>stop pending</em>. */
    void endUnknown(Attempt attempt);

    /**
     * Ends an attempt that stopped the target: nothing is pending any more. Others in flight can't have stopped it as well;
     * however they end, they leave no mark.
     *
     * @return false if the asker was overdue and another caller was told in its place: then there is nothing to claim any more
     */
    boolean endStopped(Attempt attempt);

    /** The attempts at the target that are in flight; one whose asker is overdue isn't: it counts as ended unknown. */
    InFlight inFlight(RecordingTarget target);

    /**
     * Whether there is anything to take: a <em>stop pending</em> mark, or the overdue telling of a stop. To ask is cheaper than to
     * try, and of many who stop one target at once nearly all find nothing.
     */
    boolean isClaimable(RecordingTarget target);

    /**
     * Notes that a caller is about to be told that the target is stopped: in the unit of work in which that is claimed. Until it
     * is told, an attempt is in flight; if whoever wanted to tell it died, that attempt ended unknown.
     */
    Attempt beginTelling(RecordingTarget target);

    /**
     * Ends the telling of a stop: the last thing to do before it is told.
     *
     * @return false if it was overdue and another caller was told in its place
     */
    boolean endTelling(Attempt telling);

    /** Lets whoever repeats the stop tell it right away: this caller hears of a failure instead. */
    void giveUpTelling(Attempt telling);

    /** The recordings among the target's whose stop was claimed and isn't told, or never was. */
    List<RecordingId> untold(RecordingTarget target);

    /** As {@link #untold(RecordingTarget)}, for a line of the caller's own, which manual dial-ins belong to as well. */
    List<RecordingId> untold(Line line);

    /**
     * Takes the overdue telling of a stop over.
     *
     * @return true if there was one; of simultaneous calls exactly one gets true
     */
    boolean takeUntold(RecordingTarget target);

    /**
     * Takes the <em>stop pending</em> mark away.
     *
     * @return true if it was there; of simultaneous calls exactly one gets true
     */
    boolean takeUnknown(RecordingTarget target);

    /** The recordings that are <em>stop pending</em>, and for how long they have been. */
    Map<RecordingId, Duration> unknownRecordings();

    /** For how long this recording has been <em>stop pending</em>; empty if it isn't. */
    Optional<Duration> unknownFor(RecordingId id);

    /**
     * Attempts in flight.
     *
     * @param asked the ids of those that wait for the recorder
     * @param telling whether a caller is about to be told that the target is stopped
     */
    record InFlight(Set<UUID> asked, boolean telling) {

        /** Whether there are any. */
        public boolean any() {
            return telling || !asked.isEmpty();
        }
    }

    /**
     * One asking of the recorder.
     *
     * @param id tells attempts at one target apart
     */
    record Attempt(UUID id, RecordingTarget target) {}
}
