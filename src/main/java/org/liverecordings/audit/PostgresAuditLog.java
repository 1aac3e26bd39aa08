package org.liverecordings.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.audit.AuditTrail.Result;

/** Reads the trail that {@link PostgresAuditTrail} writes. */
final class PostgresAuditLog implements AuditLog {

    private final Database database;

    PostgresAuditLog(Database database) {
        this.database = database;
    }

    @Override
    public Page find(Reader reader, Query query) {
        return database.inTransaction(connection -> {
            List<Item> items = select(reader, query).list(connection, PostgresAuditLog::withoutConfirmations);
            boolean more = items.size() > query.limit();
            List<Item> shown = more ? items.subList(0, query.limit()) : items;
            Map<UUID, List<Confirmation>> confirmations = confirmations(connection, shown);
            Item last = shown.isEmpty() ? null : shown.get(shown.size() - 1);
            return new Page(
                    shown.stream()
                            .map(item -> item.with(confirmations.getOrDefault(item.id(), List.of())))
                            .toList(),
                    more ? new Cursor(last.askedAt(), last.id()) : null);
        });
    }

    private static Sql select(Reader reader, Query query) {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (!reader.seesAll()) {
            conditions.add("e.id IN (SELECT id FROM audit_entry WHERE user_key = ?"
                    + " UNION SELECT entry_id FROM audit_line_group WHERE group_key = ANY (?))");
            values.addAll(
                    List.of(PostgresAuditTrail.key(reader.userKey()), Sql.texts(reader.groups(), Line.Group::key)));
        }
        if (query.recording() != null) {
            UUID id = query.recording().value();
            conditions.add("e.id IN (SELECT id FROM audit_entry WHERE recording_id = ?"
                    + " UNION SELECT entry_id FROM audit_confirmation WHERE recording_id = ?)");
            values.addAll(List.of(id, id));
        }
        if (query.user() != null) {
            conditions.add("e.user_key = ?");
            values.add(PostgresAuditTrail.key(query.user()));
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
                                + " e.directory_number, e.why, e.correlation_id, e.replica, x.ended_at, x.result, x.reason, x.duration_ms,"
                                + " x.cause, x.repetition FROM audit_entry e LEFT JOIN audit_end x ON x.entry_id = e.id"
                                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                                + " ORDER BY e.asked_at DESC, e.id DESC LIMIT ?")
                .with(values.toArray());
    }

    private static Map<UUID, List<Confirmation>> confirmations(Connection connection, List<Item> items)
            throws SQLException {
        Map<UUID, List<Confirmation>> confirmations = new HashMap<>();
        if (!items.isEmpty()) {
            Sql.of(
                            "SELECT entry_id, recording_id, confirmed_at, inferred FROM audit_confirmation WHERE entry_id = ANY (?)"
                                    + " ORDER BY confirmed_at, id")
                    .with((Object) items.stream().map(Item::id).toArray(UUID[]::new))
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

    private static Item withoutConfirmations(ResultSet row) throws SQLException {
        String result = row.getString("result");
        Integer reason = row.getObject("reason", Integer.class);
        long durationMs = row.getLong("duration_ms");
        return new Item(
                Sql.uuid(row, "id"),
                Sql.instant(row, "asked_at"),
                row.getString("operation"),
                row.getString("username"),
                row.getInt("user_level"),
                row.getString("address"),
                row.getString("asked_id"),
                row.getString("device_name"),
                row.getString("directory_number"),
                row.getString("why"),
                result == null ? Result.UNKNOWN.word() : result,
                reason,
                List.of(),
                Sql.instant(row, "ended_at"),
                result == null ? null : Duration.ofMillis(durationMs),
                row.getString("cause"),
                row.getBoolean("repetition"),
                row.getString("replica"),
                row.getString("correlation_id"));
    }
}
