package org.liverecordings.recording.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.store.StoreUnavailableException;

/** The audit trail, for reading. */
public interface AuditLog {

    /**
     * The entries that the reader may see and that meet every criterion that is there, the latest first.
     *
     * @throws NoAuditLogException if the trail can't be read here
     * @throws StoreUnavailableException if what keeps the trail can't be reached
     */
    Page find(Reader reader, Query query);

    /**
     * Whose the entries must be: of requests that named lines of these groups, or that this user made.
     *
     * @param userKey as {@link Line#userKey} gives it; null for all entries
     * @param groups the groups of the lines, as they were when it was asked; none if all entries are seen
     */
    record Reader(String userKey, Set<Line.Group> groups) {

        /** Who may see every entry. */
        public static final Reader OF_ALL = new Reader(null, Set.of());

        /**
         * What the caller may see.
         *
         * @throws NotPermittedException if the caller manages no lines
         */
        public static Reader of(Caller caller) {
            caller.requireManagedLines();
            return caller.hasCompleteManagement()
                    ? OF_ALL
                    : new Reader(Line.userKey(caller.name()), caller.managedGroups());
        }

        /** Whether every entry is seen. */
        public boolean seesAll() {
            return userKey == null;
        }
    }

    /**
     * Which entries to read.
     *
     * @param recording one that was named by its id or confirmed; null if it doesn't matter
     * @param user compared without regard to case; null if it doesn't matter
     * @param from asked at this moment or later; null if it doesn't matter
     * @param to asked before this moment; null if it doesn't matter
     * @param after the last of the page before; null for the first page
     * @param limit how many at most, from 1
     */
    record Query(RecordingId recording, String user, Instant from, Instant to, Cursor after, int limit) {}

    /**
     * A place in the trail.
     *
     * @param at when its entry was asked
     * @param id its entry's
     */
    record Cursor(Instant at, UUID id) {}

    /**
     * Some entries.
     *
     * @param next where the next page begins; null if this is the last one
     */
    record Page(List<Item> items, Cursor next) {}

    /**
     * An entry.
     *
     * @param operation the word of an {@link Operation}, or of one that only a newer version of the service knows
     * @param askedId what the caller sent as an id; null if nothing
     * @param deviceName what the caller sent; null if nothing
     * @param directoryNumber what the caller sent; null if nothing
     * @param why the reason that the caller gave; null if none
     * @param address null if unknown
     * @param result the word of a {@link Result}, or of one that only a newer version knows; that of {@link Result#UNKNOWN} also
     *     while it isn't over, and if the replica died before it was
     * @param reason null unless the result is {@link Result#REJECTED}
     * @param confirmations what the recorder confirmed
     * @param endedAt null if it isn't over, or if the replica died before it was
     * @param duration null if its end is
     * @param cause why it failed or isn't known; null otherwise
     * @param repetition whether the request was answered before, and got the same answer again
     */
    record Item(
            UUID id,
            Instant askedAt,
            String operation,
            String user,
            int level,
            String address,
            String askedId,
            String deviceName,
            String directoryNumber,
            String why,
            String result,
            Integer reason,
            List<Confirmation> confirmations,
            Instant endedAt,
            Duration duration,
            String cause,
            boolean repetition,
            String replica,
            String correlationId) {

        /** The same entry with what the recorder confirmed. */
        public Item with(List<Confirmation> confirmed) {
            return new Item(
                    id,
                    askedAt,
                    operation,
                    user,
                    level,
                    address,
                    askedId,
                    deviceName,
                    directoryNumber,
                    why,
                    result,
                    reason,
                    List.copyOf(confirmed),
                    endedAt,
                    duration,
                    cause,
                    repetition,
                    replica,
                    correlationId);
        }
    }

    /**
     * That the recorder did what was asked.
     *
     * @param recording null if its id isn't known
     * @param inferred whether the recorder didn't confirm it, but knew no such recording after a stop with an unknown outcome: the
     *     call may have ended by itself
     */
    record Confirmation(RecordingId recording, Instant at, boolean inferred) {}
}
