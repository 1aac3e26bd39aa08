package org.liverecordings.recording;

import java.util.Objects;

import org.liverecordings.recording.idempotency.IdempotencyKey;

/**
 * Who asks, and on which terms.
 *
 * @param name the authenticated user's name, never null
 * @param level the user's Call Recording level; 10 is complete management, 0 none
 * @param address where the request came from; null if unknown
 * @param correlationId ties the request to log lines and answers, never null
 * @param deadline until when the request may go on, never null
 * @param key what the request's answer is kept under; null if the client sent no key
 */
public record Caller(
        String name, int level, String address, String correlationId, Deadline deadline, IdempotencyKey key) {

    /** The level from which on a caller may do everything on anybody's line. */
    public static final int COMPLETE_MANAGEMENT = 10;

    /** Checks what the parameters say. */
    public Caller {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(correlationId, "correlationId");
        Objects.requireNonNull(deadline, "deadline");
    }

    /** A caller without a deadline and without a key. */
    public Caller(String name, int level, String address, String correlationId) {
        this(name, level, address, correlationId, Deadline.NONE, null);
    }

    /** Whether anything is this caller's business, be it only the own lines: from level 1. */
    public boolean hasOwnLines() {
        return level >= 1;
    }

    /** Whether other people's lines are this caller's business. */
    public boolean hasCompleteManagement() {
        return level >= COMPLETE_MANAGEMENT;
    }
}
