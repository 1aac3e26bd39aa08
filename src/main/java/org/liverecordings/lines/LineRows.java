package org.liverecordings.lines;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

import org.liverecordings.database.Sql;
import org.liverecordings.lines.CsvLineCapabilities.Appearance;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.Line.RecordingType;

/** Lines as rows of their table. */
final class LineRows {

    /** What {@link #line} reads. */
    static final String COLUMNS =
            "device_name, directory_number, username, tapi_monitorable, automatic_recording, recording_none, group_key";

    /** How many rows go to the database, or come from it, at once. */
    static final int BATCH = 1000;

    private LineRows() {}

    static Line line(ResultSet row) throws SQLException {
        String group = row.getString("group_key");
        return new Line(
                DeviceName.of(row.getString("device_name")),
                DirectoryNumber.of(row.getString("directory_number")),
                row.getString("username"),
                row.getBoolean("tapi_monitorable"),
                recording(row),
                group == null ? null : new Line.Group(group));
    }

    private static RecordingType recording(ResultSet row) throws SQLException {
        if (row.getBoolean("automatic_recording")) {
            return RecordingType.AUTOMATIC;
        }
        return row.getBoolean("recording_none") ? RecordingType.NONE : RecordingType.SELECTIVE;
    }

    static void write(Connection connection, Collection<Line> lines) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO line (device_key, directory_number, device_name, username, user_key, tapi_monitorable,"
                        + " automatic_recording, recording_none, group_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (device_key, directory_number) DO UPDATE SET device_name = excluded.device_name,"
                        + " username = excluded.username, user_key = excluded.user_key,"
                        + " tapi_monitorable = excluded.tapi_monitorable,"
                        + " automatic_recording = excluded.automatic_recording,"
                        + " recording_none = excluded.recording_none, group_key = excluded.group_key")) {
            int batched = 0;
            for (Line line : lines) {
                Sql.bind(
                        upsert,
                        line.deviceName().key(),
                        line.directoryNumber().value(),
                        line.deviceName().value(),
                        line.username(),
                        line.username() == null ? null : Line.userKey(line.username()),
                        line.tapiMonitorable(),
                        line.recording() == RecordingType.AUTOMATIC,
                        line.recording() == RecordingType.NONE,
                        line.group() == null ? null : line.group().key());
                upsert.addBatch();
                if (++batched % BATCH == 0) {
                    upsert.executeBatch();
                }
            }
            upsert.executeBatch();
        }
    }

    static void remove(Connection connection, List<Appearance> appearances) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM line WHERE device_key = ? AND directory_number = ?")) {
            int batched = 0;
            for (Appearance appearance : appearances) {
                Sql.bind(
                        delete,
                        appearance.deviceName().key(),
                        appearance.directoryNumber().value());
                delete.addBatch();
                if (++batched % BATCH == 0) {
                    delete.executeBatch();
                }
            }
            delete.executeBatch();
        }
    }
}
