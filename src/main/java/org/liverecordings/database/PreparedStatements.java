package org.liverecordings.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

import org.postgresql.PGConnection;

/**
 * Has a session keep the statements that come again and again prepared, which spares the database its planning, if the session is
 * nobody else's. Behind a pooler that shares sessions, such as pgbouncer, a prepared statement would be gone with the next
 * transaction. Such a pooler shows: the process id that it told the driver isn't that of the process that does the work.
 */
final class PreparedStatements {

    private static final int AFTER_USES = 5;

    /** The pool drops sessions without telling. */
    private final Set<PGConnection> decided =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /**
     * Decides it once for each session, by one statement. An address that sets {@code prepareThreshold} has decided already.
     *
     * @param connection not within a transaction
     */
    void decide(Connection connection) throws SQLException {
        PGConnection session = connection.unwrap(PGConnection.class);
        if (decided.contains(session)) {
            return;
        }
        boolean own = !connection.getMetaData().getURL().contains("prepareThreshold=")
                && processOf(connection) == session.getBackendPID();
        if (own) {
            session.setPrepareThreshold(AFTER_USES);
            planOnce(connection);
        }
        decided.add(session);
    }

    /**
     * PostgreSQL would plan the statement that settles a stop anew each time, which takes longer than to run it: it expects more elements
     * in an array than there mostly are, and hopes for a better plan. There is none.
     */
    private static void planOnce(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
        } catch (SQLException e) {
            // Not every engine that speaks PostgreSQL's protocol has the setting.
            if (!SqlStates.isUnknownSetting(e)) {
                throw e;
            }
        }
    }

    private static int processOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
