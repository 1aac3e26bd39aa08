package org.liverecordings.randomized;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import io.agroal.api.AgroalDataSource;

/** The audit trail, as the database has it. */
final class Trail {

    private static final String SELECT =
            "SELECT e.correlation_id, e.asked_at, e.recording_id, e.asked_id, e.device_name,"
                    + " e.directory_number, e.username, e.replica, c.id AS confirmation, c.recording_id AS confirmed, c.confirmed_at,"
                    + " x.result, x.cause, x.ended_at FROM audit_entry e LEFT JOIN audit_confirmation c ON c.entry_id = e.id"
                    + " LEFT JOIN audit_end x ON x.entry_id = e.id"
                    + " WHERE e.asked_at >= ? AND e.correlation_id = ANY (?) AND e.operation = 'stop' ORDER BY e.asked_at";

    private final AgroalDataSource database;

    Trail(AgroalDataSource database) {
        this.database = database;
    }

    /**
     * What is on the trail about a request: once for each of its confirmations, and at least once.
     *
     * @param recording which was named by its id, else null
     * @param confirmedAt null if it has no confirmation
     * @param confirmed null if the confirmation names no recording
     * @param result null if it hasn't ended
     * @param cause null if it ended well
     */
    record Row(
            String correlationId,
            Instant askedAt,
            UUID recording,
            String askedId,
            String device,
            String number,
            String user,
            String replica,
            UUID confirmed,
            Instant confirmedAt,
            String result,
            String cause,
            Instant endedAt) {

        boolean isConfirmation() {
            return confirmedAt != null;
        }

        /** Whether it asked for what was recorded there. */
        boolean names(StoppedLine.Recorded asked) {
            if (askedId != null) {
                return askedId.equals("Mine") ? user.equals(asked.user) : asked.id.equals(recording);
            }
            return (device == null || device.equals(asked.device)) && (number == null || number.equals(asked.number));
        }

        List<History.Event> events() {
            List<History.Event> events = new ArrayList<>();
            events.add(new History.Event(askedAt, "trail: " + correlationId + " was asked of " + replica));
            if (isConfirmation()) {
                events.add(new History.Event(confirmedAt, "trail: " + correlationId + " confirmed " + confirmed));
            }
            if (endedAt != null) {
                events.add(new History.Event(
                        endedAt, "trail: " + correlationId + " ended " + result + (cause == null ? "" : ": " + cause)));
            }
            return events;
        }
    }

    /** What is on the trail about these requests, none of which was sent before {@code since}. */
    List<Row> of(Collection<String> correlationIds, Instant since) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            Array ids = connection.createArrayOf("text", correlationIds.toArray());
            select.setTimestamp(1, Timestamp.from(since.minusSeconds(1)));
            select.setArray(2, ids);
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(row(row));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("correlation_id"),
                instant(row, "asked_at"),
                row.getObject("recording_id", UUID.class),
                row.getString("asked_id"),
                row.getString("device_name"),
                row.getString("directory_number"),
                row.getString("username"),
                row.getString("replica"),
                row.getObject("confirmed", UUID.class),
                instant(row, "confirmed_at"),
                row.getString("result"),
                row.getString("cause"),
                instant(row, "ended_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
