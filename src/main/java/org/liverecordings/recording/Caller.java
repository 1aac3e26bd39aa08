package org.liverecordings.recording;

import java.util.Objects;
import java.util.Set;

import org.liverecordings.recording.idempotency.IdempotencyKey;

/**
 * Who asks, on which terms, and on whose lines they may act.
 *
 * @param name the authenticated user's name, never null
 * @param level the user's Call Recording level; 10 is complete management, 0 none
 * @param managedGroups the groups of lines on which the user has complete management, whatever the level; never null
 * @param address where the request came from; null if unknown
 * @param correlationId ties the request to log lines and answers, never null
 * @param deadline until when the request may go on, never null
 * @param key what the request's answer is kept under; null if the client sent no key
 */
public record Caller(
        String name,
        int level,
        Set<Line.Group> managedGroups,
        String address,
        String correlationId,
        Deadline deadline,
        IdempotencyKey key) {

    /** The level from which on anything is a caller's business, be it only the own lines. */
    public static final int OWN_LINES = 1;

    /** The level from which on a caller may do everything on anybody's line. */
    public static final int COMPLETE_MANAGEMENT = 10;

    /** Checks what the parameters say. */
    public Caller {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(correlationId, "correlationId");
        Objects.requireNonNull(deadline, "deadline");
        managedGroups = Set.copyOf(managedGroups);
    }

    /** A caller who manages no group of lines, without a deadline and without a key. */
    public Caller(String name, int level, String address, String correlationId) {
        this(name, level, Set.of(), address, correlationId, Deadline.NONE, null);
    }

    /** Whether anything is this caller's business, be it only the own lines. */
    public boolean hasOwnLines() {
        return level >= OWN_LINES;
    }

    /** Whether everybody's lines are this caller's business. */
    public boolean hasCompleteManagement() {
        return level >= COMPLETE_MANAGEMENT;
    }

    /** Whether other people's lines are this caller's business, be it only those of some groups. */
    public boolean managesLines() {
        return hasCompleteManagement() || !managedGroups.isEmpty();
    }

    /**
     * @throws NotPermittedException if only the own lines are this caller's business, or none
     */
    public void requireManagedLines() {
        if (!managesLines()) {
            throw new NotPermittedException();
        }
    }

    /** Whether the caller has complete management of this line. */
    public boolean manages(Line line) {
        return hasCompleteManagement() || line.group() != null && managedGroups.contains(line.group());
    }

    /** Whether the caller may act on this line: on a managed one, and on an own one as far as every level may. */
    public boolean mayActOn(Line line) {
        return manages(line) || line.belongsTo(name);
    }
}
