package org.liverecordings.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import org.liverecordings.database.Sql;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.LiveRecording.Pauses;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;

/** How a recording is written to the registry's table and read from it. */
final class RecordingRows {

    static final String SELECT = "SELECT id, device_name, directory_number, mode, origin, started_at, status, node,"
            + " remote_name, remote_number, paused_millis, paused_since FROM live_recording";
    static final String INSERT =
            "INSERT INTO live_recording (id, device_name, device_key, directory_number, mode, origin, started_at, status,"
                    + " node, remote_name, remote_number, told, line_slot)";

    private RecordingRows() {}

    /** The values of {@link #INSERT}, the line's slot excepted. */
    static Object[] values(LiveRecording recording) {
        return new Object[] {
            recording.id().value(),
            DeviceName.valueOf(recording.deviceName()),
            recording.deviceName() == null ? null : recording.deviceName().key(),
            recording.directoryNumber().value(),
            recording.mode().name(),
            recording.origin().name(),
            recording.startedAt(),
            recording.status().name(),
            recording.call().node(),
            recording.call().remoteName(),
            recording.call().remoteNumber(),
            // No event for the status at registration.
            recording.status().name()
        };
    }

    /** A row of {@link #SELECT}. */
    static LiveRecording recording(ResultSet row) throws SQLException {
        return new LiveRecording(
                new RecordingId(Sql.uuid(row, "id")),
                DeviceName.ofNullable(row.getString("device_name")),
                DirectoryNumber.of(row.getString("directory_number")),
                RecordingMode.valueOf(row.getString("mode")),
                RecordingOrigin.valueOf(row.getString("origin")),
                Sql.instant(row, "started_at"),
                RecordingStatus.valueOf(row.getString("status")),
                new Call(row.getString("node"), row.getString("remote_name"), row.getString("remote_number")),
                new Pauses(Duration.ofMillis(row.getLong("paused_millis")), Sql.instant(row, "paused_since")));
    }
}
