package org.liverecordings.lines;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jboss.logging.Logger;
import org.liverecordings.csv.BadCsvException;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.StoreUnavailableException;

/**
 * Brings the lines in PostgreSQL in line with a CSV file, in one transaction. Of several replicas with the same file one does it;
 * the others find it done.
 */
public final class PostgresLinesImport {

    private static final Logger LOG = Logger.getLogger(PostgresLinesImport.class);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int BATCH = 1000;

    private final Database database;
    private final LinesFile file;

    /**
     * @param location a file's path, or {@code classpath:} and a resource of this program
     */
    public PostgresLinesImport(Database database, String location) {
        this.database = database;
        this.file = new LinesFile(location);
    }

    /**
     * Imports the file.
     *
     * @throws BadCsvException if it can't be read, a row is bad, a line stands in it twice, or it has none but the database has;
     *     then nothing is changed
     * @throws StoreUnavailableException if the database can't be reached; then nothing is changed
     */
    public void run() {
        file.markRead();
        try {
            importFile();
        } catch (StoreUnavailableException e) {
            file.forget();
            throw e;
        }
    }

    /**
     * Imports the file if it has changed and looks as it did at the call before, so that it isn't read half-written. With an error in it, everything stays as it is, and the log says why.
     *
     * @throws StoreUnavailableException if the database can't be reached; then nothing is changed, and the next call tries again
     */
    public synchronized void refresh() {
        if (file.isChanged()) {
            try {
                importFile();
            } catch (BadCsvException e) {
                LOG.errorf("kept the lines because of a bad file: %s", e.getMessage());
            } catch (StoreUnavailableException e) {
                file.forget();
                throw e;
            }
        }
    }

    private void importFile() {
        long started = System.nanoTime();
        String digest;
        try {
            digest = file.digest();
        } catch (IOException e) {
            throw new BadCsvException(file.location() + ": can't be read: " + e, e);
        }
        CsvLineCapabilities lines = CsvLineCapabilities.read(file.location());
        Changes changes =
                database.inLongTransaction(PATIENCE, connection -> apply(connection, file.location(), lines, digest));
        LOG.infof(
                "imported lines=%d added=%d changed=%d removed=%d file=%s durationMs=%d",
                lines.count(),
                changes.added,
                changes.changed,
                changes.removed,
                file.location(),
                (System.nanoTime() - started) / 1_000_000);
    }

    private static Changes apply(Connection connection, String location, CsvLineCapabilities lines, String digest)
            throws SQLException {
        // The row is locked, so that replicas import one after the other.
        String imported = Sql.of("SELECT note FROM duty WHERE name = 'lines' FOR UPDATE")
                .first(connection, row -> String.valueOf(row.getString("note")))
                .orElseThrow();
        if (imported.equals(digest)) {
            return new Changes(0, 0, 0);
        }
        Map<Key, Line> before = read(connection);
        if (lines.count() == 0 && !before.isEmpty()) {
            throw new BadCsvException(location + ": has no lines", null);
        }
        List<Line> written = new ArrayList<>();
        int added = 0;
        for (Line line : lines.all()) {
            Line known = before.remove(Key.of(line));
            added += known == null ? 1 : 0;
            if (known == null || !isSame(line, known)) {
                written.add(line);
            }
        }
        write(connection, written);
        remove(connection, before.keySet());
        Sql.of("UPDATE duty SET note = ? WHERE name = 'lines'").with(digest).update(connection);
        return new Changes(added, written.size() - added, before.size());
    }

    /** Equal device names may be written in different case. */
    private static boolean isSame(Line line, Line other) {
        return line.equals(other)
                && line.deviceName().value().equals(other.deviceName().value());
    }

    private static Map<Key, Line> read(Connection connection) throws SQLException {
        Map<Key, Line> lines = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + PostgresLineCapabilities.COLUMNS + " FROM line")) {
            select.setFetchSize(BATCH);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    Line line = PostgresLineCapabilities.line(rows);
                    lines.put(Key.of(line), line);
                }
            }
        }
        return lines;
    }

    private static void write(Connection connection, List<Line> lines) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO line (device_key, directory_number, device_name, username, user_key, tapi_monitorable,"
                        + " automatic_recording) VALUES (?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (device_key, directory_number) DO UPDATE SET device_name = excluded.device_name,"
                        + " username = excluded.username, user_key = excluded.user_key,"
                        + " tapi_monitorable = excluded.tapi_monitorable,"
                        + " automatic_recording = excluded.automatic_recording")) {
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
                        line.automaticRecording());
                upsert.addBatch();
                if (++batched % BATCH == 0) {
                    upsert.executeBatch();
                }
            }
            upsert.executeBatch();
        }
    }

    private static void remove(Connection connection, Iterable<Key> keys) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM line WHERE device_key = ? AND directory_number = ?")) {
            int batched = 0;
            for (Key key : keys) {
                Sql.bind(delete, key.device, key.number);
                delete.addBatch();
                if (++batched % BATCH == 0) {
                    delete.executeBatch();
                }
            }
            delete.executeBatch();
        }
    }

    private record Key(String device, String number) {

        static Key of(Line line) {
            return new Key(line.deviceName().key(), line.directoryNumber().value());
        }
    }

    private record Changes(int added, int changed, int removed) {}
}
