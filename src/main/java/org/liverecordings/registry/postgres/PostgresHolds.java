package org.liverecordings.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.Holds;

/** Keeps the holds in PostgreSQL, by its clock. */
public final class PostgresHolds implements Holds {

    private static final String COLUMNS = "id, device_name, directory_number, why, username, put_at, ends_at";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM hold WHERE ends_at > now()";

    private final Database database;

    /** Never null. */
    public PostgresHolds(Database database) {
        this.database = database;
    }

    @Override
    public List<Hold> put(Collection<LineSelector> lines, String why, String user, Duration duration) {
        List<Hold> put = new ArrayList<>();
        database.inTransaction(connection -> {
            put.clear();
            // In one order, so that two stops that put holds on the same lines don't wait for each other.
            for (LineSelector line :
                    lines.stream().sorted((a, b) -> key(a).compareTo(key(b))).toList()) {
                UUID id = UUID.randomUUID();
                Hold there = Sql.of(
                                "INSERT INTO hold AS h (line, id, device_name, directory_number, why, username, put_at,"
                                        + " ends_at) VALUES (?, ?, ?, ?, ?, ?, now(), now() + ? * INTERVAL '1 millisecond')"
                                        + " ON CONFLICT (line) DO UPDATE SET"
                                        + " ends_at = GREATEST(h.ends_at + INTERVAL '1 microsecond', excluded.ends_at),"
                                        + lapsed("id")
                                        + lapsed("why")
                                        + lapsed("username")
                                        + " put_at = CASE WHEN h.ends_at > now() THEN h.put_at ELSE excluded.put_at END"
                                        + " RETURNING " + COLUMNS)
                        .with(
                                key(line),
                                id,
                                DeviceName.valueOf(line.deviceName()),
                                DirectoryNumber.valueOf(line.directoryNumber()),
                                why,
                                user,
                                duration.toMillis())
                        .first(connection, PostgresHolds::hold)
                        .orElseThrow();
                if (there.id().equals(id)) {
                    put.add(there);
                }
            }
            return null;
        });
        return put;
    }

    /** A row whose time is over is as good as none. */
    private static String lapsed(String column) {
        return " " + column + " = CASE WHEN h.ends_at > now() THEN h." + column + " ELSE excluded." + column + " END,";
    }

    private static String key(LineSelector line) {
        return TargetKeys.of(new RecordingTarget.OnLine(line));
    }

    @Override
    public Optional<Hold> covering(Collection<LineSelector> lines) {
        String[] keys = lines.stream()
                .flatMap(line -> line.covering().stream())
                .map(PostgresHolds::key)
                .distinct()
                .toArray(String[]::new);
        Sql select =
                Sql.of(SELECT + " AND line = ANY (?) ORDER BY ends_at DESC").with((Object) keys);
        return database.first(select, PostgresHolds::hold);
    }

    @Override
    public List<Hold> before(Hold later, int limit) {
        String order = " ORDER BY put_at DESC, id DESC LIMIT ?";
        Sql select = later == null
                ? Sql.of(SELECT + order).with(limit)
                : Sql.of(SELECT + " AND (put_at, id) < (?, ?)" + order).with(later.since(), later.id(), limit);
        return database.list(select, PostgresHolds::hold);
    }

    @Override
    public Optional<Hold> find(UUID id) {
        Sql select = Sql.of(SELECT + " AND id = ?").with(id);
        return database.first(select, PostgresHolds::hold);
    }

    private static Hold hold(ResultSet row) throws SQLException {
        return new Hold(
                Sql.uuid(row, "id"),
                line(row),
                row.getString("why"),
                row.getString("username"),
                Sql.instant(row, "put_at"),
                Sql.instant(row, "ends_at"));
    }

    private static LineSelector line(ResultSet row) throws SQLException {
        return new LineSelector(
                DeviceName.ofNullable(row.getString("device_name")),
                DirectoryNumber.ofNullable(row.getString("directory_number")));
    }

    @Override
    public boolean lift(UUID id) {
        return database.update(Sql.of("DELETE FROM hold WHERE id = ? AND ends_at > now()")
                        .with(id))
                > 0;
    }

    @Override
    public boolean end(Hold hold) {
        return database.update(
                        Sql.of("DELETE FROM hold WHERE id = ? AND ends_at = ?").with(hold.id(), hold.until()))
                > 0;
    }

    @Override
    public List<Hold> removeLapsed(Collection<LineSelector> lines) {
        String[] keys = lines.stream().map(PostgresHolds::key).distinct().toArray(String[]::new);
        return removeLapsed("line = ANY (?)", (Object) keys);
    }

    @Override
    public List<Hold> removeLapsed(int limit) {
        return removeLapsed("line IN (SELECT line FROM hold WHERE ends_at <= now() ORDER BY ends_at LIMIT ?)", limit);
    }

    private List<Hold> removeLapsed(String which, Object parameter) {
        Sql delete = Sql.of("DELETE FROM hold WHERE " + which + " AND ends_at <= now() RETURNING " + COLUMNS)
                .with(parameter);
        return database.list(delete, PostgresHolds::hold);
    }
}
