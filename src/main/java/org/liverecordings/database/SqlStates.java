package org.liverecordings.database;

import java.sql.SQLException;
import java.util.Set;

/** What the states of SQL errors mean to us. */
final class SqlStates {

    /** Serialization failure and deadlock: the transaction had no effect, and running it again may well succeed. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    /**
     * Connection (08), insufficient resources (53), operator intervention, which a statement's timeout belongs to (57), the
     * system (58), transactions rolled back (40).
     */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58", "40");

    /**
     * A standby that isn't promoted yet; whatever comes after the failure in a transaction; a transaction that was idle too long;
     * a lock that wasn't to be had.
     */
    private static final Set<String> UNAVAILABLE = Set.of("25006", "25P02", "25P03", "55P03");

    private SqlStates() {}

    static boolean isConflict(SQLException e) {
        return e.getSQLState() != null && CONFLICTS.contains(e.getSQLState());
    }

    /** Whether the connection is of no use any more: it broke, or the server ends (57P01 to 57P03). */
    static boolean isBroken(SQLException e) {
        return e.getSQLState() != null
                && (e.getSQLState().startsWith("08") || e.getSQLState().startsWith("57P"));
    }

    /**
     * Whether a connection that wasn't to be had tells of an outage. Without a state the failure is the pool's own: all connections
     * are busy; 53 is a database with too many of them, which goes on serving those.
     */
    static boolean isOutage(SQLException e) {
        return e.getSQLState() != null && !e.getSQLState().startsWith("53");
    }

    static boolean isUnknownTable(SQLException e) {
        return "42P01".equals(e.getSQLState());
    }

    static boolean isUnavailable(SQLException e) {
        String state = e.getSQLState();
        if (state == null) {
            // The pool's own: no connection was to be had in time.
            return true;
        }
        return UNAVAILABLE.contains(state)
                || state.length() == 5 && UNAVAILABLE_CLASSES.contains(state.substring(0, 2));
    }
}
