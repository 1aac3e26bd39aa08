package org.liverecordings.registry.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.event.RecordingEvent;

/**
 * Reads the events in PostgreSQL.
 *
 * <p>An event is written without a position, and gets one from whoever reads next: a number that a transaction draws while it writes would
 * be skipped by a reader that comes by before it commits. Positions are given to what has been committed, by one transaction at a time,
 * which has the counter's row until it commits; so whoever sees a position sees all before it. It takes no sequence, which scaled-out
 * engines hand out in no order, and waits for no other transaction, as readers of snapshots do for the oldest one in the whole server.
 */
public final class PostgresEventLog implements EventLog {

    private static final int BATCH = 1000;

    private final Database database;
    private final Events events;
    private Set<UUID> lookedAt = Set.of();

    /**
     * @param events where is noted what was forgotten
     */
    public PostgresEventLog(Database database, Events events) {
        this.database = database;
        this.events = events;
    }

    @Override
    public List<RecordingEvent.Numbered> after(long position, int limit) {
        boolean fresh = database.exists(Sql.of("SELECT 1 FROM event WHERE position IS NULL LIMIT 1"));
        if (fresh) {
            database.inTransaction(PostgresEventLog::number);
        }
        Sql select = Sql.of(
                        "SELECT position, id, at, type, recording_id, device_name, directory_number, username, operation,"
                                + " correlation_id, traceparent, recorder, node, inferred FROM event WHERE position > ? ORDER BY position LIMIT ?")
                .with(position, limit);
        return database.list(select, PostgresEventLog::event);
    }

    /** Two statements, since only the second one sees what was committed while the first one waited. */
    private static int number(Connection connection) throws SQLException {
        long last = Sql.of("SELECT last FROM event_counter WHERE id = 1 FOR UPDATE")
                .first(connection, row -> row.getLong("last"))
                .orElseThrow();
        return Sql.of("WITH batch AS (SELECT id, at FROM event WHERE position IS NULL ORDER BY at, id LIMIT ?),"
                        + " fresh AS (SELECT id, row_number() OVER (ORDER BY at, id) AS n FROM batch),"
                        + " counted AS (UPDATE event_counter SET last = last + (SELECT count(*) FROM fresh) WHERE id = 1)"
                        + " UPDATE event SET position = ? + fresh.n FROM fresh WHERE event.id = fresh.id")
                .with(BATCH, last)
                .update(connection);
    }

    @Override
    public long latest() {
        return number("SELECT last AS n FROM event_counter WHERE id = 1");
    }

    @Override
    public long forgottenUpTo() {
        return number(
                "SELECT COALESCE((SELECT min(position) - 1 FROM event), last) AS n FROM event_counter WHERE id = 1");
    }

    /** Of two that happened at about the same time the later one may have been numbered first. */
    @Override
    public long before(Instant time) {
        return number(
                "SELECT COALESCE((SELECT min(position) - 1 FROM (SELECT position FROM event WHERE at >= ?"
                        + " AND position IS NOT NULL ORDER BY at LIMIT ?) AS first), last) AS n FROM event_counter WHERE id = 1",
                time,
                BATCH);
    }

    private long number(String sql, Object... parameters) {
        Sql select = Sql.of(sql).with(parameters);
        return database.first(select, row -> row.getLong("n")).orElseThrow();
    }

    @Override
    public int removeOlderThan(Duration age) {
        Sql delete = Sql.of("DELETE FROM event WHERE id IN (SELECT id FROM (SELECT id, at FROM event"
                        + " WHERE position IS NOT NULL ORDER BY position LIMIT ?) AS oldest"
                        + " WHERE at < now() - ? * INTERVAL '1 millisecond')")
                .with(BATCH, age.toMillis());
        return database.update(delete);
    }

    @Override
    public synchronized void noteForgotten() {
        Sql select = Sql.of("SELECT id FROM live_recording WHERE told IS DISTINCT FROM status"
                        + " AND status IN ('RECORDING', 'PAUSED') ORDER BY id LIMIT ?")
                .with(BATCH);
        Set<UUID> unpublished = new HashSet<>(database.list(select, row -> Sql.uuid(row, "id")));
        List<RecordingId> still = unpublished.stream()
                .filter(lookedAt::contains)
                .map(RecordingId::new)
                .toList();
        if (!still.isEmpty()) {
            events.changed(still, null);
        }
        lookedAt = unpublished;
    }

    private static RecordingEvent.Numbered event(ResultSet row) throws SQLException {
        UUID recording = Sql.uuid(row, "recording_id");
        String number = row.getString("directory_number");
        return new RecordingEvent.Numbered(
                row.getLong("position"),
                new RecordingEvent(
                        Sql.uuid(row, "id"),
                        EventType.valueOf(row.getString("type")),
                        Sql.instant(row, "at"),
                        recording == null ? null : new RecordingId(recording),
                        DeviceName.ofNullable(row.getString("device_name")),
                        DirectoryNumber.ofNullable(number),
                        row.getString("username"),
                        row.getString("operation"),
                        row.getString("correlation_id"),
                        row.getString("traceparent"),
                        row.getString("recorder"),
                        row.getString("node"),
                        row.getBoolean("inferred")));
    }
}
