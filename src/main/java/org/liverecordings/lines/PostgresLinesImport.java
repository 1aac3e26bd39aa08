package org.liverecordings.lines;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
import org.liverecordings.lines.CsvLineCapabilities.Appearance;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.store.StoreUnavailableException;

/**
 * Brings the lines in PostgreSQL in line with a CSV file, in one transaction. Of several replicas with the same file one does it;
 * the others find it done.
 */
public final class PostgresLinesImport {

    private static final Logger LOG = Logger.getLogger(PostgresLinesImport.class);

    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(1);

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
        file.read(this::importFile);
    }

    /**
     * Imports the file if it has changed and looks as it did at the call before, so that it isn't read half-written. With an error
     * in it, everything stays as it is, and the log says why; after any other failure the next call tries again.
     *
     * @throws StoreUnavailableException if the database can't be reached; then nothing is changed
     */
    public synchronized void refresh() {
        if (file.isChanged()) {
            try {
                file.read(this::importFile);
            } catch (BadCsvException e) {
                LOG.errorf("kept the lines because of a bad file: %s", e.getMessage());
            }
        }
    }

    /** When the database was last known to have the file's lines, in milliseconds since 1970; 0 if that was never so. */
    public long currentAt() {
        return file.currentAt();
    }

    private void importFile() {
        long started = System.nanoTime();
        String digest;
        try {
            digest = file.digest();
        } catch (IOException e) {
            throw new BadCsvException(file.location() + ": can't be read: " + e, e);
        }
        Imported imported = isImported(digest)
                ? new Imported(new PostgresLineCapabilities(database).count(), 0, 0, 0)
                : importLines(digest);
        LOG.infof(
                "imported lines=%d added=%d changed=%d removed=%d file=%s durationMs=%d",
                imported.lines,
                imported.added,
                imported.changed,
                imported.removed,
                file.location(),
                (System.nanoTime() - started) / 1_000_000);
    }

    private boolean isImported(String digest) {
        return database.call(connection -> note(connection, "")).equals(digest);
    }

    private static String note(Connection connection, String lock) throws SQLException {
        return Sql.of("SELECT note FROM duty WHERE name = 'lines'" + lock)
                .first(connection, row -> String.valueOf(row.getString("note")))
                .orElseThrow();
    }

    /** Of file and table, which may both be large, only the file is held as a whole, and without any index. */
    private Imported importLines(String digest) {
        Map<Appearance, Line> lines = CsvLineCapabilities.lines(file.location());
        return database.inLongTransaction(STATEMENT_TIMEOUT, connection -> {
            // The row is locked, so that replicas import one after the other.
            if (note(connection, " FOR UPDATE").equals(digest)) {
                return new Imported(lines.size(), 0, 0, 0);
            }
            Imported imported = apply(connection, lines);
            Sql.of("UPDATE duty SET note = ? WHERE name = 'lines'").with(digest).update(connection);
            return imported;
        });
    }

    private Imported apply(Connection connection, Map<Appearance, Line> lines) throws SQLException {
        Map<Appearance, Line> written = new HashMap<>(lines);
        List<Appearance> removed = new ArrayList<>();
        int changed = 0;
        try (PreparedStatement select = connection.prepareStatement("SELECT " + LineRows.COLUMNS + " FROM line")) {
            select.setFetchSize(LineRows.BATCH);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Line before = LineRows.line(rows);
                    Appearance appearance = Appearance.of(before);
                    Line line = lines.get(appearance);
                    if (line == null) {
                        removed.add(appearance);
                    } else if (isSame(line, before)) {
                        written.remove(appearance);
                    } else {
                        changed++;
                    }
                }
            }
        }
        if (lines.isEmpty() && !removed.isEmpty()) {
            throw new BadCsvException(file.location() + ": has no lines", null);
        }
        LineRows.write(connection, written.values());
        LineRows.remove(connection, removed);
        return new Imported(lines.size(), written.size() - changed, changed, removed.size());
    }

    /** Equal device names may be written in different case. */
    private static boolean isSame(Line line, Line other) {
        return line.equals(other)
                && line.deviceName().value().equals(other.deviceName().value());
    }

    private record Imported(long lines, int added, int changed, int removed) {}
}
