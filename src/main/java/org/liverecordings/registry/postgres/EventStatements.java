package org.liverecordings.registry.postgres;

import java.util.Collection;
import java.util.UUID;

import org.liverecordings.database.Sql;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.event.EventType;

/**
 * The parts of statements that note events. They stand in the statement that makes the change, which takes the database no more time than
 * without them. The time is that of the moment, not that at which the transaction began: it is read once the recording's row is locked, so
 * that of two events of one recording the later one has the later time.
 */
final class EventStatements {

    /** {@code id, at, type}, what happened to whom, who asked for it, and where. */
    static final String INSERT =
            "INSERT INTO event (id, at, type, recording_id, device_name, directory_number, username,"
                    + " operation, correlation_id, traceparent, recorder, node, inferred)";

    /** For {@link #cause}. */
    static final String CAUSE = "?, ?, ?, ?";

    /** A recording that is already paused when its start is noted gets both events, started before paused. */
    private static final String CHANGED = """
            WITH entry AS (SELECT id, status, told, device_name, directory_number, node FROM live_recording
              WHERE id = ANY (?) AND status IN ('RECORDING', 'PAUSED') ORDER BY id FOR UPDATE),
            marked AS (UPDATE live_recording SET told = entry.status FROM entry
              WHERE live_recording.id = entry.id AND entry.told IS DISTINCT FROM entry.status)
            %s SELECT n.id, clock_timestamp() + CASE n.type WHEN 'PAUSED' THEN INTERVAL '100 microseconds' ELSE INTERVAL '0' END,
              n.type, entry.id, entry.device_name, entry.directory_number, %s, ?, entry.node, false
            FROM entry JOIN unnest(?, ?, ?) AS n (id, recording, type) ON n.recording = entry.id
            WHERE n.type = 'STARTED' AND (entry.told IS NULL OR entry.told = 'START_PENDING')
              OR n.type = 'PAUSED' AND entry.status = 'PAUSED' AND entry.told IS DISTINCT FROM 'PAUSED'
              OR n.type = 'RESUMED' AND entry.status = 'RECORDING' AND entry.told = 'PAUSED'""".formatted(INSERT, CAUSE);

    private static final EventType[] CHANGES = {EventType.STARTED, EventType.PAUSED, EventType.RESUMED};

    private EventStatements() {}

    /** Whatever these recordings are by now, as far as it is unpublished. */
    static Sql changed(Collection<RecordingId> recordings, Cause cause, String recorder) {
        UUID[] ids = new UUID[recordings.size() * CHANGES.length];
        UUID[] of = new UUID[ids.length];
        String[] types = new String[ids.length];
        int i = 0;
        for (RecordingId recording : recordings) {
            for (EventType type : CHANGES) {
                ids[i] = UUID.randomUUID();
                of[i] = recording.value();
                types[i++] = type.name();
            }
        }
        return Sql.of(CHANGED)
                .with((Object) TargetKeys.idsOf(recordings))
                .with(cause(cause))
                .with(recorder, ids, of, types);
    }

    /** The end of a recording whose entry has gone. */
    static Sql ended(LiveRecording recording, EventType type, Cause cause, String recorder) {
        return Sql.of(INSERT + " VALUES (?, clock_timestamp(), ?, ?, ?, ?, " + CAUSE + ", ?, ?, false)")
                .with(UUID.randomUUID(), type.name(), recording.id().value())
                .with(
                        DeviceName.valueOf(recording.deviceName()),
                        recording.directoryNumber().value())
                .with(cause(cause))
                .with(recorder, recording.call().node());
    }

    /** What became of the holds on these lines. */
    static Sql held(Collection<LineSelector> lines, EventType type, Cause cause, String recorder) {
        return Sql.of(INSERT
                        + " SELECT n.id, clock_timestamp(), ?, NULL, n.device, n.number, " + CAUSE + ", ?, NULL, false"
                        + " FROM unnest(?, ?, ?) AS n (id, device, number)")
                .with(type.name())
                .with(cause(cause))
                .with(
                        recorder,
                        ids(lines.size()),
                        lines.stream()
                                .map(line -> DeviceName.valueOf(line.deviceName()))
                                .toArray(String[]::new),
                        lines.stream()
                                .map(line -> DirectoryNumber.valueOf(line.directoryNumber()))
                                .toArray(String[]::new));
    }

    /** What a suite confirmed: recordings without an entry, or none if it was asked by line. */
    static Sql confirmed(EventType type, Collection<RecordingId> recordings, Cause cause, String recorder) {
        UUID[] of = recordings.isEmpty() ? new UUID[1] : TargetKeys.idsOf(recordings);
        return Sql.of(INSERT + " SELECT n.id, clock_timestamp(), ?, n.recording, ?, ?, " + CAUSE + ", ?, NULL, false"
                        + " FROM unnest(?, ?) AS n (id, recording)")
                .with(type.name())
                .with(line(cause))
                .with(cause(cause))
                .with(recorder, ids(of.length), of);
    }

    static UUID[] ids(int number) {
        UUID[] ids = new UUID[number];
        for (int i = 0; i < number; i++) {
            ids[i] = UUID.randomUUID();
        }
        return ids;
    }

    /** User, operation, correlation id and trace. */
    static Object[] cause(Cause cause) {
        return cause == null
                ? new Object[4]
                : new Object[] {cause.user(), cause.operation(), cause.correlationId(), cause.traceparent()};
    }

    /** Device name and directory number, as far as the request named them. */
    static Object[] line(Cause cause) {
        return cause.line() == null
                ? new Object[2]
                : new Object[] {
                    DeviceName.valueOf(cause.line().deviceName()),
                    DirectoryNumber.valueOf(cause.line().directoryNumber())
                };
    }
}
