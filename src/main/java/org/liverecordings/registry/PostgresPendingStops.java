package org.liverecordings.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.StoreUnavailableException;

/**
 * Keeps the pending stops in PostgreSQL, by its clock. An attempt whose asker died is in flight until its time is over; from then
 * on it counts as ended unknown. If it was only late, it learns at its end that another caller was told in its place.
 *
 * <p>Of many who stop one target at once nearly all find nothing to take, and lock nothing but their own attempt. Who takes
 * something locks what it may take and no more, in the order of the ids; two who get in each other's way nonetheless are sorted out
 * by the database, and one of them runs again.
 */
public final class PostgresPendingStops implements PendingStops {

    private static final int LONGEST_READABLE = 200;

    /** How long a recording in the registry that was stopped by somebody who died waits for the stop to be repeated. */
    private static final Duration UNTOLD = Duration.ofMinutes(10);

    private static final String OVERDUE_TELLING = "state = 'S' AND overdue_at <= now()";
    private static final String UNKNOWN = "(state = 'U' OR state = 'F' AND overdue_at <= now())";
    private static final String UNKNOWN_OR_CLAIMED = "(" + UNKNOWN + " OR state = 'C')";
    private static final String NOT_EXPIRED = "(expires_at IS NULL OR expires_at > now())";

    private static final String SELECT_UNKNOWN = "SELECT recording_id, CAST(EXTRACT(EPOCH FROM now() - overdue_at) AS"
            + " double precision) AS age FROM pending_stop";

    private final Database database;
    private final Duration patience;
    private final Duration keep;
    private final Set<UUID> unended = ConcurrentHashMap.newKeySet();

    /**
     * @param patience how long an asker may take from noting an attempt to ending it
     * @param keep how long a <em>stop pending</em> mark stays if nobody takes it; null: as long as its recording is in the
     *     registry
     */
    public PostgresPendingStops(Database database, Duration patience, Duration keep) {
        this.database = database;
        this.patience = patience;
        this.keep = keep;
    }

    @Override
    public Attempt begin(RecordingTarget target) {
        Attempt attempt = new Attempt(UUID.randomUUID(), target);
        UUID recordingId = recordingId(target);
        Sql insert = keep == null
                ? Sql.of("INSERT INTO pending_stop (attempt_id, target, recording_id, state, overdue_at)"
                                + " VALUES (?, ?, ?, 'F', now() + ? * INTERVAL '1 millisecond')")
                        .with(attempt.id(), key(target), recordingId, patience.toMillis())
                : Sql.of("INSERT INTO pending_stop (attempt_id, target, recording_id, state, overdue_at, expires_at)"
                                + " VALUES (?, ?, ?, 'F', now() + ? * INTERVAL '1 millisecond',"
                                + " now() + ? * INTERVAL '1 millisecond')")
                        .with(
                                attempt.id(),
                                key(target),
                                recordingId,
                                patience.toMillis(),
                                patience.plus(keep).toMillis());
        try {
            database.call(insert::update);
        } catch (StoreUnavailableException e) {
            // It may be there although its reply was lost, and the recorder won't be asked.
            unended.add(attempt.id());
            throw e;
        }
        return attempt;
    }

    /**
     * Who comes after it finds the recording by its line as well, which its entry in the registry won't tell any more then; if it
     * is gone already, who told it before us in vain has noted that.
     */
    @Override
    public Attempt beginTelling(RecordingTarget target) {
        Attempt telling = new Attempt(UUID.randomUUID(), target);
        UUID recordingId = recordingId(target);
        database.inTransaction(connection -> {
            Sql.of("INSERT INTO pending_stop (attempt_id, target, recording_id, state, overdue_at, expires_at)"
                            + " VALUES (?, ?, ?, 'S', now() + ? * INTERVAL '1 millisecond',"
                            + " now() + ? * INTERVAL '1 millisecond')")
                    .with(
                            telling.id(),
                            key(target),
                            recordingId,
                            patience.toMillis(),
                            patience.plus(keep == null ? UNTOLD : keep).toMillis())
                    .update(connection);
            if (recordingId != null && keep == null) {
                noteLine(connection, telling.id(), recordingId);
            }
            return null;
        });
        return telling;
    }

    private static void noteLine(Connection connection, UUID telling, UUID recordingId) throws SQLException {
        int noted = Sql.of("UPDATE pending_stop SET device_key = live_recording.device_key,"
                        + " directory_number = live_recording.directory_number,"
                        + " manual_dial_in = live_recording.mode = 'DIAL_IN' AND live_recording.origin = 'MANUAL'"
                        + " FROM live_recording WHERE attempt_id = ? AND live_recording.id = ?")
                .with(telling, recordingId)
                .update(connection);
        if (noted == 0) {
            Sql.of("UPDATE pending_stop SET device_key = earlier.device_key,"
                            + " directory_number = earlier.directory_number, manual_dial_in = earlier.manual_dial_in"
                            + " FROM (SELECT device_key, directory_number, manual_dial_in FROM pending_stop"
                            + " WHERE target = ? AND directory_number IS NOT NULL LIMIT 1) earlier"
                            + " WHERE attempt_id = ?")
                    .with(key(new RecordingTarget.ById(new RecordingId(recordingId))), telling)
                    .update(connection);
        }
    }

    @Override
    public boolean endTelling(Attempt telling) {
        Sql delete = Sql.of("DELETE FROM pending_stop WHERE attempt_id = ? AND state = 'S'")
                .with(telling.id());
        return database.call(delete::update) == 1;
    }

    @Override
    public void giveUpTelling(Attempt telling) {
        Sql update = Sql.of("UPDATE pending_stop SET overdue_at = now() WHERE attempt_id = ? AND state = 'S'")
                .with(telling.id());
        database.call(update::update);
    }

    @Override
    public List<RecordingId> untold(RecordingTarget target) {
        if (target instanceof RecordingTarget.OnLine onLine) {
            DeviceName device = onLine.selector().deviceName();
            DirectoryNumber number = onLine.selector().directoryNumber();
            if (device == null) {
                return untold("directory_number = ?", number.value());
            }
            if (number == null) {
                return untold("device_key = ? AND NOT manual_dial_in", device.key());
            }
            return untold(
                    "device_key = ? AND directory_number = ? AND NOT manual_dial_in", device.key(), number.value());
        }
        return untold("target = ? AND recording_id IS NOT NULL", key(target));
    }

    @Override
    public List<RecordingId> untold(Line line) {
        return untold(
                "directory_number = ? AND (device_key IS NULL OR device_key = ?)",
                line.directoryNumber().value(),
                line.deviceName().key());
    }

    private List<RecordingId> untold(String condition, Object... parameters) {
        catchUp();
        Sql select = Sql.of("SELECT recording_id FROM pending_stop WHERE state = 'S' AND expires_at > now() AND "
                        + condition)
                .with(parameters);
        return database.call(
                connection -> select.list(connection, row -> new RecordingId(Sql.uuid(row, "recording_id"))));
    }

    @Override
    public boolean takeUntold(RecordingTarget target) {
        return database.inTransaction(connection -> {
            List<Row> rows = lock(connection, target, OVERDUE_TELLING);
            mark(connection, 'T', rows, Row::isUntold);
            return rows.stream().anyMatch(Row::isUntold);
        });
    }

    @Override
    public void end(Attempt attempt) {
        try {
            end(attempt.id());
        } catch (StoreUnavailableException e) {
            unended.add(attempt.id());
            throw e;
        }
    }

    private void end(UUID... attempts) {
        Sql delete = Sql.of("DELETE FROM pending_stop WHERE attempt_id = ANY (?) AND state IN ('F', 'O', 'S')")
                .with((Object) attempts);
        database.call(delete::update);
    }

    /**
     * Ends what couldn't be ended when its outcome was known: it would count as ended unknown before long, and somebody claim a stop
     * that wasn't.
     *
     * @throws StoreUnavailableException if the database still can't be reached
     */
    public void catchUp() {
        UUID[] late = unended.toArray(UUID[]::new);
        if (late.length > 0) {
            end(late);
            database.onceCommitted(() -> unended.removeAll(List.of(late)));
        }
    }

    @Override
    public void endUnknown(Attempt attempt) {
        database.inTransaction(connection -> {
            Sql.of("DELETE FROM pending_stop WHERE attempt_id = ? AND state = 'O'")
                    .with(attempt.id())
                    .update(connection);
            return keep == null
                    ? Sql.of("UPDATE pending_stop SET state = 'U', overdue_at = now()"
                                    + " WHERE attempt_id = ? AND state = 'F'")
                            .with(attempt.id())
                            .update(connection)
                    : Sql.of("UPDATE pending_stop SET state = 'U', overdue_at = now(),"
                                    + " expires_at = now() + ? * INTERVAL '1 millisecond'"
                                    + " WHERE attempt_id = ? AND state = 'F'")
                            .with(keep.toMillis(), attempt.id())
                            .update(connection);
        });
    }

    /**
     * Where nothing else tells that a recording's end was claimed, as the registry does for those in it, it is remembered here: a
     * later stop of it that loses its own reply must not claim it again. Ids aren't used twice; lines are.
     */
    @Override
    public boolean endStopped(Attempt attempt) {
        return database.inTransaction(connection -> {
            boolean remembered = keep != null && attempt.target() instanceof RecordingTarget.ById;
            List<Row> tellings = recordingId(attempt.target()) == null
                    ? lock(connection, attempt.target(), OVERDUE_TELLING)
                    : List.of();
            List<Row> rows =
                    lock(connection, attempt.target(), "(state IN ('U', 'F') OR attempt_id = ?)", attempt.id());
            boolean own = rows.stream().anyMatch(row -> row.id.equals(attempt.id()) && row.state != 'T');
            if (own) {
                // What was never told of an earlier recording on this line must not be told of this one.
                mark(connection, 'T', tellings, row -> true);
            }
            delete(connection, rows, row -> row.state == 'U' || !remembered && row.id.equals(attempt.id()));
            if (remembered) {
                Sql.of("UPDATE pending_stop SET state = 'C', expires_at = now() + ? * INTERVAL '1 millisecond'"
                                + " WHERE attempt_id = ?")
                        .with(keep.toMillis(), attempt.id())
                        .update(connection);
            }
            mark(connection, 'O', rows, row -> row.state == 'F' && !row.id.equals(attempt.id()));
            // Whose recording is in the registry learns there whether another caller has claimed its end.
            return own || keep == null;
        });
    }

    @Override
    public InFlight inFlight(RecordingTarget target) {
        catchUp();
        Sql select = Sql.of("SELECT attempt_id, state FROM pending_stop WHERE target = ? AND state IN ('F', 'S')"
                        + " AND overdue_at > now()")
                .with(key(target));
        Map<UUID, String> states = new HashMap<>();
        database.call(connection ->
                select.list(connection, row -> states.put(Sql.uuid(row, "attempt_id"), row.getString("state"))));
        boolean telling = states.values().removeIf("S"::equals);
        return new InFlight(states.keySet(), telling);
    }

    @Override
    public boolean isClaimable(RecordingTarget target) {
        catchUp();
        Sql select = Sql.of("SELECT 1 FROM pending_stop WHERE target = ? AND (" + UNKNOWN + " OR " + OVERDUE_TELLING
                        + ") AND " + NOT_EXPIRED + " LIMIT 1")
                .with(key(target));
        return database.call(connection -> select.first(connection, row -> true).isPresent());
    }

    @Override
    public boolean takeUnknown(RecordingTarget target) {
        return database.inTransaction(connection -> {
            lock(connection, target, UNKNOWN_OR_CLAIMED);
            // Whoever held the locks may have claimed the target, which shows only from now on.
            List<Row> rows = lock(connection, target, UNKNOWN_OR_CLAIMED);
            delete(connection, rows, row -> row.state == 'U');
            mark(connection, 'T', rows, row -> row.state == 'F' && row.overdue);
            return rows.stream().anyMatch(Row::isUnknown) && rows.stream().noneMatch(Row::isClaimed);
        });
    }

    @Override
    public Map<RecordingId, Duration> unknownRecordings() {
        return unknown(
                Sql.of(SELECT_UNKNOWN + " WHERE recording_id IS NOT NULL AND " + UNKNOWN + " AND " + NOT_EXPIRED));
    }

    @Override
    public Optional<Duration> unknownFor(RecordingId id) {
        Sql select = Sql.of(SELECT_UNKNOWN + " WHERE target = ? AND " + UNKNOWN + " AND " + NOT_EXPIRED)
                .with(key(new RecordingTarget.ById(id)));
        return Optional.ofNullable(unknown(select).get(id));
    }

    private Map<RecordingId, Duration> unknown(Sql select) {
        catchUp();
        Map<RecordingId, Duration> ages = new HashMap<>();
        database.call(connection -> select.list(
                connection,
                row -> ages.merge(
                        new RecordingId(Sql.uuid(row, "recording_id")),
                        Duration.ofMillis((long) (1000 * row.getDouble("age"))),
                        (one, other) -> one.compareTo(other) < 0 ? one : other)));
        return ages;
    }

    /**
     * Removes what is of no use any more.
     *
     * @return how many
     */
    public int sweep() {
        return database.call(connection -> Sql.of("DELETE FROM pending_stop WHERE expires_at <= now()"
                        + " OR expires_at IS NULL AND overdue_at < now() - INTERVAL '10 minutes'"
                        + " AND NOT EXISTS (SELECT 1 FROM live_recording"
                        + " WHERE live_recording.id = pending_stop.recording_id)")
                .update(connection));
    }

    private static List<Row> lock(Connection connection, RecordingTarget target, String condition, Object... parameters)
            throws SQLException {
        return Sql.of("SELECT attempt_id, state, overdue_at <= now() AS overdue, expires_at <= now() AS expired"
                        + " FROM pending_stop WHERE target = ? AND " + condition + " ORDER BY attempt_id FOR UPDATE")
                .with(key(target))
                .with(parameters)
                .list(
                        connection,
                        row -> new Row(
                                Sql.uuid(row, "attempt_id"),
                                row.getString("state").charAt(0),
                                row.getBoolean("overdue"),
                                row.getBoolean("expired")));
    }

    private static void delete(Connection connection, List<Row> rows, Predicate<Row> which) throws SQLException {
        UUID[] ids = ids(rows, which);
        if (ids.length > 0) {
            Sql.of("DELETE FROM pending_stop WHERE attempt_id = ANY (?)")
                    .with((Object) ids)
                    .update(connection);
        }
    }

    private static void mark(Connection connection, char state, List<Row> rows, Predicate<Row> which)
            throws SQLException {
        UUID[] ids = ids(rows, which);
        if (ids.length > 0) {
            Sql.of("UPDATE pending_stop SET state = ? WHERE attempt_id = ANY (?)")
                    .with(String.valueOf(state), ids)
                    .update(connection);
        }
    }

    private static UUID[] ids(List<Row> rows, Predicate<Row> which) {
        return rows.stream().filter(which).map(Row::id).toArray(UUID[]::new);
    }

    private static UUID recordingId(RecordingTarget target) {
        return target instanceof RecordingTarget.ById byId ? byId.id().value() : null;
    }

    /** Equal targets have equal keys. Whatever a client sends as a name is short enough to be indexed. */
    private static String key(RecordingTarget target) {
        if (target instanceof RecordingTarget.ById byId) {
            return "id " + byId.id();
        }
        if (target instanceof RecordingTarget.OfUser ofUser) {
            return bounded("user " + ofUser.userKey());
        }
        LineSelector line = ((RecordingTarget.OnLine) target).selector();
        String device = line.deviceName() == null ? "" : line.deviceName().key();
        String number =
                line.directoryNumber() == null ? "" : line.directoryNumber().value();
        // With the length no device and number read like another pair.
        return bounded("line " + device.length() + ' ' + device + ' ' + number);
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_READABLE ? text : "sha256 " + sha256(text);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private record Row(UUID id, char state, boolean overdue, boolean expired) {

        boolean isClaimed() {
            return !expired && state == 'C';
        }

        boolean isUntold() {
            return !expired && state == 'S' && overdue;
        }

        boolean isUnknown() {
            return !expired && (state == 'U' || state == 'F' && overdue);
        }
    }
}
