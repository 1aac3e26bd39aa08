package org.liverecordings.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.Line.RecordingType;
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
        database.update(Sql.of("DELETE FROM line"));
        database.update(Sql.of("UPDATE duty SET note = NULL WHERE name = 'lines'"));
        new PostgresLinesImport(database, file(lines).toString()).run();
        return new PostgresLineCapabilities(database);
    }

    private Path file(List<Line> lines) {
        try {
            return Files.write(directory.resolve("lines.csv"), csv(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A replica of the version before writes whether every call is recorded, and knows of no other type. */
    @Test
    void aLineThatIsRecordedAutomaticallyByNowIsNoLongerOneOfWhichNothingIs() {
        Line none = new Line(DeviceName.of("SEP1"), DirectoryNumber.of("101"), null, true, RecordingType.NONE, null);
        LineCapabilities lines = inventory(List.of(none));
        new Database(pool).call(Sql.of("UPDATE line SET automatic_recording = TRUE")::update);
        assertEquals(
                RecordingType.AUTOMATIC,
                lines.find(none.deviceName(), none.directoryNumber())
                        .orElseThrow()
                        .recording());
    }
}
