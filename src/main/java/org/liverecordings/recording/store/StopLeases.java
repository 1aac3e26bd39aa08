package org.liverecordings.recording.store;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.event.Cause;

/**
 * The leases on what is being stopped: one for each target, held by one request at a time. {@link LeaseState} tells what a lease can
 * say. One that says that an outcome is unknown is kept for a configured time, which must outlast the latest moment at which a recorder
 * may still carry out the request. Safe for use by many threads and replicas.
 *
 * <p>Every method throws {@link StoreUnavailableException} if what keeps the leases can't be reached.
 */
public interface StopLeases {

    /**
     * Takes the leases that are free, whose holder's time is over, or whose outcome is unknown: all of them at once, in the order of
     * their targets.
     *
     * @param foundBy the line or user whose recordings these are, or who manages them; null if the leases needn't be found by it
     * @param duration after which another request may take them over
     * @return what was taken, and what each lease said before
     */
    Map<RecordingTarget, Earlier> take(
            UUID holder, Collection<RecordingTarget> targets, RecordingTarget foundBy, Duration duration);

    /**
     * The targets with a lease that were found by this line, user or manager, {@link LeaseState#CLAIMED} ones left out. Of several lines
     * that found one, at least the last is remembered, and so of users and managers.
     */
    Set<RecordingTarget> foundBy(RecordingTarget lineOrUser);

    /**
     * Settles a stop, all or nothing, in one transaction: claims what is to be claimed, forgets the entries of what is over, writes the
     * end on the trail, stores the answer, and gives the leases back. An end can be claimed once: by whoever removes the recording's
     * entry from the registry or, where there is none, by whoever marks the lease as claimed.
     *
     * @return what was claimed; empty if a lease or the key is another's by now: then nothing was changed
     */
    Optional<Set<RecordingTarget>> settle(Settlement settlement);

    /**
     * Gives leases back without a claim, in one transaction and as far as they are still this holder's. What can't be written now is
     * written later, as long as this process lives; else it counts as unknown in the end.
     */
    void giveBack(Unsettled unsettled);

    /** Whether there is a lease on the recording that says {@link LeaseState#ASKING} or {@link LeaseState#UNKNOWN}. */
    boolean isOpen(RecordingId id);

    /**
     * Removes leases that were kept long enough, and writes what couldn't be written before.
     *
     * @return how many were removed
     */
    int removeLapsed();

    /**
     * What a lease said before it was taken.
     *
     * @param unknown whether an earlier holder's outcome is unknown
     * @param claimed whether a caller was told already that the target is stopped
     */
    record Earlier(boolean unknown, boolean claimed) {}

    /**
     * How a stop ends that claims nothing.
     *
     * @param holder of all leases
     * @param stopped what the recorder confirmed: the leases say that the outcome is unknown, and entries that it was stopped
     * @param unknown what the recorder may have stopped, or may yet stop
     * @param others what this request didn't stop: the leases say what they said before
     * @param cause who asked to stop it, for the events that tell of the stopped and the unknown ones; null if there are none of them
     */
    record Unsettled(
            UUID holder,
            Set<RecordingTarget> stopped,
            Set<RecordingTarget> unknown,
            Set<RecordingTarget> others,
            Cause cause) {

        /** Of a stop that stopped none of these. */
        public static Unsettled nothingOf(UUID holder, Set<RecordingTarget> others) {
            return new Unsettled(holder, Set.of(), Set.of(), others, null);
        }

        /** Those whose leases say from now on that their outcome is unknown. */
        public Set<RecordingTarget> open() {
            Set<RecordingTarget> open = new HashSet<>(unknown);
            open.addAll(stopped);
            return open;
        }

        /** All targets whose lease it may hold. */
        public Set<RecordingTarget> targets() {
            Set<RecordingTarget> targets = open();
            targets.addAll(others);
            return targets;
        }
    }
}
