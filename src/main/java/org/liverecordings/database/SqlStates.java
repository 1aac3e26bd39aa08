package org.liverecordings.database;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Set;

/** What the states of SQL errors mean to us. */
final class SqlStates {

    /** What a standby answers to whoever wants to write, and a database that was made read-only. */
    static final String READ_ONLY = "25006";

    /** Serialization failure and deadlock: the transaction had no effect, and running it again may well succeed. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    /**
     * Connection (08), insufficient resources (53), operator intervention, which a statement's timeout belongs to (57), the
     * system (58), transactions rolled back (40).
     */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58", "40");

    /**
     * Read-only, such as a standby that isn't promoted yet; whatever comes after the failure in a transaction; a transaction that was idle too long;
     * a lock that wasn't to be had.
     */
    private static final Set<String> UNAVAILABLE = Set.of(READ_ONLY, "25P02", "25P03", "55P03");

    /** What a server answers that is about to serve. */
    static final String NOT_YET = "57P03";

    private SqlStates() {}

    static boolean isConflict(SQLException e) {
        return e.getSQLState() != null && CONFLICTS.contains(e.getSQLState());
    }

    static boolean isReadOnly(SQLException e) {
        return READ_ONLY.equals(e.getSQLState());
    }

    /**
     * Whether the connection is of no use any more: it broke, the server ends it or itself (57P01 to 57P05), or a transaction was
     * idle too long.
     */
    static boolean isBroken(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P") || state.equals("25P03"));
    }

    /**
     * Whether a connection that wasn't to be had tells of an outage. Without a state it couldn't be made in time; 53 is a database
     * with too many of them, which goes on serving those.
     */
    static boolean isOutage(SQLException e) {
        return e.getSQLState() == null || !e.getSQLState().startsWith("53");
    }

    /**
     * What the server warned of while it committed, null if nothing: the commit may not be safe, as when a wait for a synchronous
     * standby was cancelled. Notices aren't meant, whose class is 00.
     *
     * @param warnings the first one, null if there is none
     */
    static SQLWarning ofUnsafeCommit(SQLWarning warnings) {
        SQLWarning warning = warnings;
        while (warning != null
                && warning.getSQLState() != null
                && warning.getSQLState().startsWith("00")) {
            warning = warning.getNextWarning();
        }
        return warning;
    }

    static boolean isUnknownSetting(SQLException e) {
        return "42704".equals(e.getSQLState());
    }

    static boolean isUnknownTable(SQLException e) {
        return "42P01".equals(e.getSQLState());
    }

    /** Whether trying again a little later may help. That goes for a commit with a warning, too: its outcome isn't known. */
    static boolean isUnavailable(SQLException e) {
        String state = e.getSQLState();
        if (state == null || e instanceof SQLWarning) {
            return true;
        }
        return UNAVAILABLE.contains(state)
                || state.length() == 5 && UNAVAILABLE_CLASSES.contains(state.substring(0, 2));
    }
}
