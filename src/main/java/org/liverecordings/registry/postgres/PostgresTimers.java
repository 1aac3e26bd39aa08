package org.liverecordings.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.store.Timers;

/** Keeps timers in PostgreSQL, by its clock. */
public final class PostgresTimers implements Timers {

    /** In the statement that ends the recording. */
    static final String WITH_RECORDING = "DELETE FROM timer WHERE recording_id = ANY (?)";

    private static final String MILLIS = " * INTERVAL '1 millisecond'";

    private final Database database;

    /** Never null. */
    public PostgresTimers(Database database) {
        this.database = database;
    }

    @Override
    public void set(Collection<RecordingId> recordings, Action action, Duration after, Setter by) {
        Sql insert = Sql.of("INSERT INTO timer (id, recording_id, request_id, action, due_at, username, correlation_id,"
                        + " settled_at, next_at, attempts) SELECT n.id, n.recording, ?, ?, now() + ?" + MILLIS
                        + ", ?, ?, now() + ?" + MILLIS + ", now() + ?" + MILLIS
                        + ", 0 FROM unnest(?, ?) AS n (id, recording)")
                .with(by.id(), action.name(), after.toMillis(), by.user(), by.correlationId())
                .with(
                        by.mayTake().toMillis(),
                        Math.max(after.toMillis(), by.mayTake().toMillis()))
                .with(EventStatements.ids(recordings.size()), TargetKeys.idsOf(recordings));
        if (!recordings.isEmpty()) {
            database.update(insert);
        }
    }

    @Override
    public void settle(UUID request, Collection<RecordingId> keep, Collection<RecordingId> takeBack) {
        if (!takeBack.isEmpty()) {
            database.update(Sql.of(WITH_RECORDING + " AND request_id = ?").with(TargetKeys.idsOf(takeBack), request));
        }
        if (!keep.isEmpty()) {
            database.update(Sql.of("UPDATE timer SET settled_at = now(), next_at = CASE WHEN attempts = 0 THEN due_at"
                            + " ELSE next_at END WHERE recording_id = ANY (?) AND request_id = ?")
                    .with(TargetKeys.idsOf(keep), request));
        }
    }

    /** Locks the recordings before their timers, as a stop does that crosses it. */
    @Override
    public void pauseChanged(Collection<RecordingId> recordings, Instant askedAt) {
        if (!recordings.isEmpty()) {
            database.update(
                    Sql.of("WITH entry AS (SELECT id FROM live_recording WHERE id = ANY (?) ORDER BY id FOR UPDATE) "
                                    + WITH_RECORDING
                                    + " AND action <> 'STOP' AND settled_at <= ? AND (SELECT count(*) FROM entry) >= 0")
                            .with(TargetKeys.idsOf(recordings), TargetKeys.idsOf(recordings), askedAt));
        }
    }

    @Override
    public boolean isEmpty() {
        Sql select = Sql.of("SELECT 1 FROM timer LIMIT 1");
        return !database.exists(select);
    }

    @Override
    public Map<RecordingId, Times> of(Collection<RecordingId> recordings) {
        Map<RecordingId, Times> times = new HashMap<>();
        Sql select = Sql.of("SELECT recording_id, action, due_at FROM timer WHERE recording_id = ANY (?)"
                        + " AND action <> 'ALARM'")
                .with((Object) TargetKeys.idsOf(recordings));
        database.list(select, row -> {
            RecordingId recording = new RecordingId(Sql.uuid(row, "recording_id"));
            return times.put(
                    recording,
                    times.getOrDefault(recording, Times.NONE)
                            .and(Action.valueOf(row.getString("action")), Sql.instant(row, "due_at")));
        });
        return times;
    }

    /**
     * What somebody else has locked is left to them. The limit stands in a query of its own: as a part of the update's condition it might
     * be evaluated for each row, and take more than that in all.
     */
    @Override
    public List<Due> take(int limit, Duration lease) {
        Sql take = Sql.of("WITH due AS (SELECT id FROM timer WHERE next_at <= now() ORDER BY next_at, id LIMIT ?"
                        + " FOR UPDATE SKIP LOCKED)"
                        + " UPDATE timer SET attempts = attempts + 1, next_at = now() + ?" + MILLIS
                        + " WHERE id IN (SELECT id FROM due)"
                        + " RETURNING id, recording_id, action, due_at, username, correlation_id, attempts")
                .with(limit, lease.toMillis());
        return database.list(take, PostgresTimers::due).stream()
                .sorted(Comparator.comparing(Due::dueAt))
                .toList();
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                Sql.uuid(row, "id"),
                new RecordingId(Sql.uuid(row, "recording_id")),
                Action.valueOf(row.getString("action")),
                Sql.instant(row, "due_at"),
                row.getString("username"),
                row.getString("correlation_id"),
                row.getInt("attempts"));
    }

    @Override
    public boolean isTaken(Due timer) {
        Sql select = Sql.of("SELECT 1 FROM timer WHERE id = ? AND attempts = ?").with(timer.id(), timer.attempts());
        return database.exists(select);
    }

    @Override
    public void putOff(Due timer, Duration delay) {
        database.update(Sql.of("UPDATE timer SET next_at = now() + ?" + MILLIS + " WHERE id = ? AND attempts = ?")
                .with(delay.toMillis(), timer.id(), timer.attempts()));
    }

    @Override
    public void forget(Due timer) {
        database.update(Sql.of("DELETE FROM timer WHERE id = ?").with(timer.id()));
    }
}
