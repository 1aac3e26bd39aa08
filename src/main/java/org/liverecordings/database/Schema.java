package org.liverecordings.database;

import java.sql.Connection;
import java.sql.SQLException;

import org.liverecordings.recording.store.StoreUnavailableException;

/** The tables that this version of the service works on, where another process makes them. */
public final class Schema {

    /** The last one of {@code db/migration}. */
    static final String VERSION = "8";

    private final Database database;
    private final String history;

    /**
     * @param history the table in which the migration notes how far it got
     */
    public Schema(Database database, String history) {
        this.database = database;
        this.history = history;
    }

    /**
     * Does nothing if the migration has got as far as this version of the service needs, or farther.
     *
     * @throws StoreUnavailableException if it hasn't yet, or the database is away
     * @throws IllegalStateException if the database doesn't let us see
     */
    public void require() {
        if (!database.call(this::isMigrated)) {
            String missing = "its schema isn't at version " + VERSION + " yet, see live-recordings.database.migrate";
            throw new StoreUnavailableException("database: " + missing, new SQLException(missing, SqlStates.NOT_YET));
        }
    }

    private boolean isMigrated(Connection connection) throws SQLException {
        try {
            return Sql.of("SELECT 1 FROM \"" + history.replace("\"", "\"\"") + "\" WHERE version = ? AND success")
                    .with(VERSION)
                    .first(connection, row -> row.getInt(1))
                    .isPresent();
        } catch (SQLException e) {
            if (SqlStates.isUnknownTable(e)) {
                return false;
            }
            throw e;
        }
    }
}
