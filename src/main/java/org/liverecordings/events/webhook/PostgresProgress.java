package org.liverecordings.events.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;

/** Keeps in PostgreSQL, by its clock, how far each webhook has got: a row for each. */
public final class PostgresProgress implements Progress {

    private static final int LONGEST = 500;

    private static final String STATE = " RETURNING holder = ? AS mine, position, attempts, failing_since,"
            + " next_attempt_at IS NULL OR next_attempt_at <= now() AS due, next_attempt_at, failure, parked_at";

    private static final String AS_BEGUN =
            " WHERE name = ? AND holder = ? AND position = ? AND next_attempt_at IS NOT DISTINCT FROM ?" + STATE;

    private static final String HOLD = """
            INSERT INTO webhook (name, position, holder, held_until, attempts)
            SELECT ?, last, ?, now() + ? * INTERVAL '1 millisecond', 0 FROM event_counter WHERE id = 1
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
            WHERE webhook.holder = excluded.holder OR webhook.held_until <= now()""" + STATE;

    private final Database database;
    private final String holder;

    /**
     * @param holder tells this process from any other
     */
    public PostgresProgress(Database database, String holder) {
        this.database = database;
        this.holder = holder;
    }

    @Override
    public State hold(String name, Duration duration) {
        Sql hold = Sql.of(HOLD).with(name, holder, duration.toMillis(), holder);
        Optional<State> held = database.first(hold, PostgresProgress::state);
        if (held.isPresent()) {
            return held.get();
        }
        Sql select = Sql.of(
                        "SELECT holder = ? AS mine, position, attempts, failing_since, false AS due, next_attempt_at,"
                                + " failure, parked_at FROM webhook WHERE name = ?")
                .with(holder, name);
        return database.first(select, PostgresProgress::state)
                // Removed by hand in between: the next look makes a new one.
                .orElse(new State(false, 0, 0, null, false, null, null, null));
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                row.getBoolean("mine"),
                row.getLong("position"),
                row.getInt("attempts"),
                Sql.instant(row, "failing_since"),
                row.getBoolean("due"),
                Sql.instant(row, "next_attempt_at"),
                row.getString("failure"),
                Sql.instant(row, "parked_at"));
    }

    @Override
    public boolean delivered(String name, long from, long position) {
        Sql update = Sql.of("UPDATE webhook SET position = ?, attempts = 0, failing_since = NULL, failure = NULL"
                        + " WHERE name = ? AND holder = ? AND position = ?")
                .with(position, name, holder, from);
        return database.update(update) == 1;
    }

    @Override
    public Optional<State> failed(String name, State begun, String failure, Duration delay) {
        Sql update = Sql.of(
                        "UPDATE webhook SET attempts = attempts + 1, failing_since = COALESCE(failing_since, now()),"
                                + " next_attempt_at = now() + ? * INTERVAL '1 millisecond', failure = ?" + AS_BEGUN)
                .with(delay.toMillis(), cut(failure), name, holder, begun.position(), begun.dueAt(), holder);
        return database.first(update, PostgresProgress::state);
    }

    @Override
    public Optional<State> park(String name, State begun, String failure) {
        Sql update = Sql.of("UPDATE webhook SET attempts = attempts + 1,"
                        + " failing_since = COALESCE(failing_since, now()), parked_at = now(), failure = ?" + AS_BEGUN)
                .with(cut(failure), name, holder, begun.position(), begun.dueAt(), holder);
        return database.first(update, PostgresProgress::state);
    }

    @Override
    public Optional<Long> replay(String name, Long position) {
        Sql update = Sql.of("UPDATE webhook SET position = LEAST(?, position), attempts = 0, failing_since = NULL,"
                        + " next_attempt_at = now(), failure = NULL, parked_at = NULL WHERE name = ?"
                        + " RETURNING position")
                .with(position, name);
        return database.first(update, row -> row.getLong("position"));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + '…';
    }
}
