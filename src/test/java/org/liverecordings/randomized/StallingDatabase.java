package org.liverecordings.randomized;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

import io.agroal.api.AgroalDataSource;

/** Makes a database slow now and then, and tells which replica waits for it: whoever dies or sleeps then does so in the middle. */
final class StallingDatabase {

    private static final String FUNCTION = "CREATE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN IF random() < 0.04 THEN PERFORM pg_sleep(random() * 0.7); END IF; RETURN NULL; END'";

    private static final String TRIGGERS = "DO 'DECLARE t text; BEGIN"
            + " FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = ''public'' LOOP"
            + " EXECUTE format(''CREATE TRIGGER stall AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW"
            + " EXECUTE FUNCTION stall()'', t);"
            + " EXECUTE format(''CREATE CONSTRAINT TRIGGER stall_commit AFTER INSERT OR UPDATE OR DELETE ON %I"
            + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stall()'', t);"
            + " END LOOP; END'";

    private static final String WAITING = "SELECT application_name FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event = 'PgSleep' ORDER BY random() LIMIT 1";

    private final AgroalDataSource database;

    /** From now on some of what is written to any table takes a while, or the commit of it does. */
    StallingDatabase(AgroalDataSource database) {
        this.database = database;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(FUNCTION);
            statement.execute(TRIGGERS);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The name under which one who waits is connected, if anybody waits. */
    Optional<String> waiting() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WAITING)) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
