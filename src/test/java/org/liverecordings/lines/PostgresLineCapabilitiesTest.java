package org.liverecordings.lines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.support.PostgresServer;

class PostgresLineCapabilitiesTest extends LineCapabilitiesContract {

    private static AgroalDataSource pool;

    @TempDir
    Path directory;

    @BeforeAll
    static void connect() {
        pool = PostgresServer.shared().migrated();
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @Override
    LineCapabilities inventory(List<Line> lines) {
        Database database = new Database(pool);
        database.call(Sql.of("DELETE FROM line")::update);
        database.call(Sql.of("UPDATE duty SET note = NULL WHERE name = 'lines'")::update);
        new PostgresLinesImport(database, file(lines).toString()).run();
        return new PostgresLineCapabilities(database);
    }

    private Path file(List<Line> lines) {
        StringBuilder csv = new StringBuilder();
        for (Line line : lines) {
            csv.append(line.deviceName())
                    .append(',')
                    .append(line.directoryNumber())
                    .append(',');
            csv.append(line.username() == null ? "" : line.username()).append(',');
            csv.append(line.tapiMonitorable())
                    .append(',')
                    .append(line.automaticRecording())
                    .append('\n');
        }
        try {
            return Files.writeString(directory.resolve("lines.csv"), csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
