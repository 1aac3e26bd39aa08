package org.liverecordings.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.store.StoreUnavailableException;

/**
 * Writes the trail to PostgreSQL, by its clock, and to the log. Rows are only ever added: one when something is asked, one for
 * each confirmation, one at the end; an entry without an end is one whose replica died, or hasn't got there yet.
 */
public final class PostgresAuditTrail implements AuditTrail, AuditLog {

    private static final int BATCH = 1000;
    private static final int LONGEST = 1000;
    private static final Duration SWEEP_PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final LogAuditTrail log;
    private final String replica;

    /**
     * @param replica names this one among all, in every entry
     */
    public PostgresAuditTrail(Database database, LogAuditTrail log, String replica) {
        this.database = database;
        this.log = log;
        this.replica = replica;
    }

    @Override
    public Entry asked(Asked asked) {
        UUID id = UUID.randomUUID();
        Sql insert = Sql.of("INSERT INTO audit_entry (id, asked_at, operation, username, user_key, user_level, address,"
                        + " asked_id, recording_id, device_name, directory_number, correlation_id, replica)"
                        + " VALUES (?, now(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING asked_at")
                .with(
                        id,
                        AuditWords.of(asked.operation()),
                        asked.caller().name(),
                        key(asked.caller().name()),
                        asked.caller().level(),
                        asked.caller().address(),
                        cut(asked.id()),
                        RecordingId.parse(asked.id()).map(RecordingId::value).orElse(null),
                        cut(asked.deviceName()),
                        cut(asked.directoryNumber()),
                        asked.caller().correlationId(),
                        replica);
        long started = System.nanoTime();
        try {
            Instant at = database.call(connection -> insert.first(connection, row -> Sql.instant(row, "asked_at"))
                    .orElseThrow());
            return new Entry(id, asked, at);
        } catch (StoreUnavailableException e) {
            // Nothing is done about it, but that it was asked must stand somewhere.
            Duration duration = Duration.ofNanos(System.nanoTime() - started);
            log.ended(log.asked(asked), new Outcome(Result.FAILED, null, List.of(), duration, e));
            throw e;
        }
    }

    /** If it isn't known whether an end took effect, the entry may have that one instead of the next. */
    @Override
    public void ended(Entry entry, Outcome outcome) {
        boolean nameless =
                outcome.result() == Result.DONE && outcome.recordings().isEmpty() && !outcome.repetition();
        UUID[] recordings = nameless
                ? new UUID[1]
                : outcome.recordings().stream().map(RecordingId::value).toArray(UUID[]::new);
        UUID[] ids = Stream.generate(UUID::randomUUID).limit(recordings.length).toArray(UUID[]::new);
        Sql insert = Sql.of("WITH noted AS (INSERT INTO audit_confirmation (id, entry_id, recording_id, confirmed_at)"
                        + " SELECT n.id, ?, n.recording, now() FROM unnest(?, ?) AS n (id, recording))"
                        + " INSERT INTO audit_end (entry_id, ended_at, result, reason, duration_ms, cause, repetition)"
                        + " VALUES (?, now(), ?, ?, ?, ?, ?) ON CONFLICT (entry_id) DO NOTHING")
                .with(entry.id(), ids, recordings)
                .with(
                        entry.id(),
                        AuditWords.of(outcome.result()),
                        outcome.reason(),
                        outcome.duration().toMillis(),
                        outcome.cause() == null ? null : cut(AuditWords.cause(outcome.cause())),
                        outcome.repetition());
        try {
            database.call(insert::update);
        } finally {
            database.onceCommitted(() -> log.ended(entry, outcome));
        }
    }

    @Override
    public void settled(Entry entry, Outcome outcome) {
        log.settled(entry, outcome);
    }

    @Override
    public Optional<Result> resultOf(Entry entry) {
        Sql select = Sql.of("SELECT result FROM audit_end WHERE entry_id = ?").with(entry.id());
        return database.call(connection ->
                select.first(connection, row -> AuditWords.constant(Result.class, row.getString("result"))));
    }

    /**
     * Removes a batch of entries.
     *
     * @return how many; fewer than asked for if these were the last
     */
    public int removeOlderThan(Duration age) {
        Sql delete = Sql.of("DELETE FROM audit_entry WHERE id IN (SELECT id FROM audit_entry"
                        + " WHERE asked_at < now() - ? * INTERVAL '1 millisecond' ORDER BY asked_at, id LIMIT ?)")
                .with(age.toMillis(), BATCH);
        return database.inLongTransaction(SWEEP_PATIENCE, delete::update);
    }

    @Override
    public Page find(Query query) {
        return database.inTransaction(connection -> {
            List<Row> rows = select(query).list(connection, PostgresAuditTrail::row);
            boolean more = rows.size() > query.limit();
            List<Row> shown = more ? rows.subList(0, query.limit()) : rows;
            Map<UUID, List<Confirmation>> confirmations = confirmations(connection, shown);
            Row last = shown.isEmpty() ? null : shown.get(shown.size() - 1);
            return new Page(
                    shown.stream()
                            .map(row -> row.item(confirmations.getOrDefault(row.id, List.of())))
                            .toList(),
                    more ? new Cursor(last.askedAt, last.id) : null);
        });
    }

    private static Sql select(Query query) {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (query.recording() != null) {
            UUID id = query.recording().value();
            conditions.add("e.id IN (SELECT id FROM audit_entry WHERE recording_id = ?"
                    + " UNION SELECT entry_id FROM audit_confirmation WHERE recording_id = ?)");
            values.addAll(List.of(id, id));
        }
        if (query.user() != null) {
            conditions.add("e.user_key = ?");
            values.add(key(query.user()));
        }
        if (query.from() != null) {
            conditions.add("e.asked_at >= ?");
            values.add(query.from());
        }
        if (query.to() != null) {
            conditions.add("e.asked_at < ?");
            values.add(query.to());
        }
        if (query.after() != null) {
            conditions.add("(e.asked_at, e.id) < (?, ?)");
            values.addAll(List.of(query.after().at(), query.after().id()));
        }
        values.add(query.limit() + 1);
        return Sql.of(
                        "SELECT e.id, e.asked_at, e.operation, e.username, e.user_level, e.address, e.asked_id, e.device_name,"
                                + " e.directory_number, e.correlation_id, e.replica, x.ended_at, x.result, x.reason, x.duration_ms,"
                                + " x.cause, x.repetition FROM audit_entry e LEFT JOIN audit_end x ON x.entry_id = e.id"
                                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                                + " ORDER BY e.asked_at DESC, e.id DESC LIMIT ?")
                .with(values.toArray());
    }

    private static Map<UUID, List<Confirmation>> confirmations(Connection connection, List<Row> rows)
            throws SQLException {
        Map<UUID, List<Confirmation>> confirmations = new HashMap<>();
        if (!rows.isEmpty()) {
            Sql.of(
                            "SELECT entry_id, recording_id, confirmed_at, inferred FROM audit_confirmation WHERE entry_id = ANY (?)"
                                    + " ORDER BY confirmed_at, id")
                    .with((Object) rows.stream().map(Row::id).toArray(UUID[]::new))
                    .list(connection, row -> {
                        UUID recording = Sql.uuid(row, "recording_id");
                        return confirmations
                                .computeIfAbsent(Sql.uuid(row, "entry_id"), entry -> new ArrayList<>())
                                .add(new Confirmation(
                                        recording == null ? null : new RecordingId(recording),
                                        Sql.instant(row, "confirmed_at"),
                                        row.getBoolean("inferred")));
                    });
        }
        return confirmations;
    }

    private static Row row(ResultSet row) throws SQLException {
        String result = row.getString("result");
        Integer reason = row.getObject("reason", Integer.class);
        long durationMs = row.getLong("duration_ms");
        Item item = new Item(
                Sql.uuid(row, "id"),
                Sql.instant(row, "asked_at"),
                AuditWords.constant(Operation.class, row.getString("operation")),
                row.getString("username"),
                row.getInt("user_level"),
                row.getString("address"),
                row.getString("asked_id"),
                row.getString("device_name"),
                row.getString("directory_number"),
                result == null ? Result.UNKNOWN : AuditWords.constant(Result.class, result),
                reason,
                List.of(),
                Sql.instant(row, "ended_at"),
                result == null ? null : Duration.ofMillis(durationMs),
                row.getString("cause"),
                row.getBoolean("repetition"),
                row.getString("replica"),
                row.getString("correlation_id"));
        return new Row(item.id(), item.askedAt(), item);
    }

    /** An entry whose confirmations aren't read yet. */
    private record Row(UUID id, Instant askedAt, Item bare) {

        Item item(List<Confirmation> confirmations) {
            return new Item(
                    bare.id(),
                    bare.askedAt(),
                    bare.operation(),
                    bare.user(),
                    bare.level(),
                    bare.address(),
                    bare.askedId(),
                    bare.deviceName(),
                    bare.directoryNumber(),
                    bare.result(),
                    bare.reason(),
                    List.copyOf(confirmations),
                    bare.endedAt(),
                    bare.duration(),
                    bare.cause(),
                    bare.repetition(),
                    bare.replica(),
                    bare.correlationId());
        }
    }

    private static String key(String user) {
        return cut(Line.userKey(user));
    }

    /** Nobody fills the trail with what he sends; a line of this length is no line anyway. */
    private static String cut(String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + '…';
    }
}
