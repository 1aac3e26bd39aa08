package org.liverecordings.registry.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.store.LiveRecordingRepository;

/** Keeps the registry in PostgreSQL, for any number of replicas. */
public final class PostgresLiveRecordingRepository implements LiveRecordingRepository {

    private static final int BATCH = 1000;

    private final Database database;

    /** Never null. */
    public PostgresLiveRecordingRepository(Database database) {
        this.database = database;
    }

    @Override
    public void addAll(Collection<LiveRecording> recordings) {
        if (!recordings.isEmpty()) {
            database.inTransaction(connection -> {
                insert(connection, recordings);
                return null;
            });
        }
    }

    /**
     * Registers those that were never imported before: what was stopped must not come back with the next replica that reads the
     * same file.
     *
     * @return how many were new
     */
    public int importOnce(Collection<LiveRecording> recordings) {
        UUID[] ids =
                recordings.stream().map(recording -> recording.id().value()).toArray(UUID[]::new);
        return database.inTransaction(connection -> {
            Set<UUID> added = Set.copyOf(Sql.of("INSERT INTO imported_recording (id) SELECT unnest(?) ON CONFLICT DO"
                            + " NOTHING RETURNING id")
                    .with((Object) ids)
                    .list(connection, row -> Sql.uuid(row, "id")));
            insert(
                    connection,
                    recordings.stream()
                            .filter(recording -> added.contains(recording.id().value()))
                            .toList());
            return added.size();
        });
    }

    private static void insert(Connection connection, Collection<LiveRecording> recordings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                RecordingRows.INSERT + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT DO NOTHING")) {
            int batched = 0;
            for (LiveRecording recording : recordings) {
                Sql.bind(statement, RecordingRows.values(recording));
                statement.addBatch();
                if (++batched % BATCH == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
    }

    /** The slot is unique, so that of two replicas that both see the line free one gets it. */
    @Override
    public boolean addIfLineIsFree(LiveRecording recording) {
        String device = recording.deviceName().key();
        String number = recording.directoryNumber().value();
        Sql insert = Sql.of(RecordingRows.INSERT
                        + " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM live_recording"
                        + " WHERE directory_number = ? AND (device_key IS NULL OR device_key = ?) AND status <> 'STOPPED')"
                        + " ON CONFLICT DO NOTHING")
                .with(RecordingRows.values(recording))
                .with(device.length() + " " + device + ' ' + number, number, device);
        return database.update(insert) == 1;
    }

    @Override
    public Optional<LiveRecording> find(RecordingId id) {
        Sql select = Sql.of(RecordingRows.SELECT + " WHERE id = ?").with(id.value());
        return database.first(select, RecordingRows::recording);
    }

    @Override
    public List<LiveRecording> find(LineSelector selector) {
        String device =
                selector.deviceName() == null ? null : selector.deviceName().key();
        if (selector.directoryNumber() == null) {
            return list(where("device_key = ?").with(device));
        }
        String number = selector.directoryNumber().value();
        return list(
                device == null
                        ? where("directory_number = ?").with(number)
                        : where("device_key = ? AND directory_number = ?").with(device, number));
    }

    @Override
    public List<LiveRecording> findOn(Collection<DirectoryNumber> numbers) {
        return list(where("directory_number = ANY (?)").with((Object) Sql.texts(numbers, DirectoryNumber::value)));
    }

    @Override
    public List<LiveRecording> findAll() {
        return list(Sql.of(RecordingRows.SELECT + " ORDER BY id"));
    }

    @Override
    public List<LiveRecording> findAfter(RecordingId after, int limit) {
        return list(
                after == null
                        ? Sql.of(RecordingRows.SELECT + " ORDER BY id LIMIT ?").with(limit)
                        : Sql.of(RecordingRows.SELECT + " WHERE id > ? ORDER BY id LIMIT ?")
                                .with(after.value(), limit));
    }

    @Override
    public List<LiveRecording> findUnsettled() {
        return list(where("status IN ('START_PENDING', 'STOPPED')"));
    }

    private static Sql where(String condition) {
        return Sql.of(RecordingRows.SELECT + " WHERE " + condition + " ORDER BY id");
    }

    private List<LiveRecording> list(Sql select) {
        return database.list(select, RecordingRows::recording);
    }

    @Override
    public boolean learn(RecordingId id, Call call) {
        Sql update = Sql.of("UPDATE live_recording SET node = ?, remote_name = ?, remote_number = ? WHERE id = ?")
                .with(call.node(), call.remoteName(), call.remoteNumber(), id.value());
        return database.update(update) == 1;
    }

    @Override
    public Optional<RecordingStatus> change(RecordingId id, RecordingStatus expected, RecordingStatus changed) {
        Sql update = Sql.of(
                        "UPDATE live_recording SET status = ?, paused_millis = paused_millis + CASE WHEN paused_since IS"
                                + " NULL THEN 0 ELSE CAST(EXTRACT(EPOCH FROM now() - paused_since) * 1000 AS int8) END, paused_since = "
                                + (changed == RecordingStatus.PAUSED ? "now()" : "NULL")
                                + " WHERE id = ? AND status = ?")
                .with(changed.name(), id.value(), expected.name());
        Sql select = Sql.of("SELECT status FROM live_recording WHERE id = ?").with(id.value());
        return database.inTransaction(connection -> update.update(connection) == 1
                ? Optional.of(expected)
                : select.first(connection, row -> RecordingStatus.valueOf(row.getString("status"))));
    }

    @Override
    public boolean remove(RecordingId id) {
        Sql delete = Sql.of("WITH untimed AS (" + PostgresTimers.WITH_RECORDING
                        + ") DELETE FROM live_recording WHERE id = ?")
                .with(new UUID[] {id.value()}, id.value());
        return database.update(delete) == 1;
    }

    @Override
    public long count() {
        return database.first(Sql.of("SELECT count(*) AS n FROM live_recording"), row -> row.getLong("n"))
                .orElseThrow();
    }
}
