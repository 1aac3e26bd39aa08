package org.liverecordings.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.csv.BadCsvException;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.Line.RecordingType;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.support.LogLines;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresLinesImportTest {

    private static AgroalDataSource pool;

    @TempDir
    Path directory;

    private final Database database = new Database(pool);
    private final PostgresLineCapabilities lines = new PostgresLineCapabilities(database);
    private Path file;
    private PostgresLinesImport lineImport;

    @BeforeAll
    static void connect() {
        pool = PostgresServer.shared().migrated();
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @BeforeEach
    void begin() throws IOException {
        database.update(Sql.of("DELETE FROM line"));
        database.update(Sql.of("UPDATE duty SET note = NULL WHERE name = 'lines'"));
        file = directory.resolve("lines.csv");
        write("SEP1,101,alice,true,false", "SEP2,102,bob,true,false", "SEP3,103,carol,true,false");
        lineImport = new PostgresLinesImport(database, file.toString());
        lineImport.run();
    }

    @Test
    void linesAreAddedChangedAndRemoved() throws IOException {
        try (LogLines log = LogLines.listen()) {
            write("SEP1,101,alice,true,false", "sep2,102,bob,true,false", "SEP4,104,,false,true");
            look();
            assertEquals(
                    1, log.with("imported lines=3 added=1 changed=1 removed=1 ").size());
        }
        assertEquals(3, lines.count());
        assertEquals("sep2", find("SEP2", "102").deviceName().value());
        assertEquals(
                new Line(DeviceName.of("SEP4"), DirectoryNumber.of("104"), null, false, RecordingType.AUTOMATIC, null),
                find("SEP4", "104"));
    }

    @Test
    void aLineWhoseGroupOrTypeOfRecordingIsAnotherIsChanged() throws IOException {
        try (LogLines log = LogLines.listen()) {
            write(
                    "deviceName,directoryNumber,username,tapiMonitorable,recording,group",
                    "SEP1,101,alice,true,selective,Milan",
                    "SEP2,102,bob,true,none,",
                    "SEP3,103,carol,true,selective,");
            look();
            assertEquals(
                    1, log.with("imported lines=3 added=0 changed=2 removed=0 ").size());
        }
        assertEquals(Line.Group.of("milan"), find("SEP1", "101").group());
        assertEquals(RecordingType.NONE, find("SEP2", "102").recording());
    }

    @Test
    void aFileThatIsAsItWasIsNotImportedAgain() {
        try (LogLines log = LogLines.listen()) {
            look();
            assertEquals(List.of(), log.with("imported"));
        }
    }

    @Test
    void whatAnotherReplicaHasImportedIsDone() {
        try (LogLines log = LogLines.listen()) {
            new PostgresLinesImport(database, file.toString()).run();
            assertEquals(
                    1, log.with("imported lines=3 added=0 changed=0 removed=0 ").size());
        }
    }

    @Test
    void aBrokenFileChangesNothingAndIsToldOnce() throws IOException {
        try (LogLines log = LogLines.listen()) {
            write("SEP1,101,alice,false,false", "SEP2,102,bob");
            look();
            look();
            assertEquals(
                    1,
                    log.with("kept the lines because of a bad file: " + file + ", line 2: ")
                            .size());
        }
        assertEquals(3, lines.count());
        assertEquals(true, find("SEP1", "101").tapiMonitorable());
    }

    @Test
    void aFileWithoutLinesChangesNothing() throws IOException {
        try (LogLines log = LogLines.listen()) {
            write("deviceName,directoryNumber,username,tapiMonitorable,automaticRecording");
            look();
            assertEquals(
                    1,
                    log.with("kept the lines because of a bad file: " + file + ": has no lines")
                            .size());
        }
        assertEquals(3, lines.count());
    }

    @Test
    void aFileWithoutLinesIsFineAsLongAsThereAreNone() throws IOException {
        database.update(Sql.of("DELETE FROM line"));
        write("deviceName,directoryNumber,username,tapiMonitorable,automaticRecording");
        new PostgresLinesImport(database, file.toString()).run();
        assertEquals(0, lines.count());
    }

    @Test
    void anImportThatIsCutOffChangesNothing() throws IOException {
        write("SEP1,101,alice,false,false", "SEP5,105,eve,true,false", "SEP6,106," + "x".repeat(100) + ",true,false");
        database.update(Sql.of("ALTER TABLE line ADD CONSTRAINT short CHECK (length(username) < 50)"));
        try {
            PostgresLinesImport other = new PostgresLinesImport(database, file.toString());
            assertThrows(IllegalStateException.class, other::run);
        } finally {
            database.update(Sql.of("ALTER TABLE line DROP CONSTRAINT short"));
        }
        assertEquals(3, lines.count());
        assertEquals(true, find("SEP1", "101").tapiMonitorable());
    }

    @Test
    void ofReplicasThatImportAtOnceOneDoesIt() throws Exception {
        write("SEP1,101,alice,true,false", "SEP7,107,gus,true,false");
        ExecutorService replicas = Executors.newFixedThreadPool(8);
        try (LogLines log = LogLines.listen()) {
            Callable<Void> start = () -> {
                new PostgresLinesImport(database, file.toString()).run();
                return null;
            };
            for (Future<Void> done : replicas.invokeAll(Collections.nCopies(8, start))) {
                done.get();
            }
            assertEquals(
                    1, log.with("imported lines=2 added=1 changed=0 removed=2 ").size());
            assertEquals(
                    7, log.with("imported lines=2 added=0 changed=0 removed=0 ").size());
        } finally {
            replicas.shutdownNow();
        }
        assertEquals(2, lines.count());
    }

    @Test
    void whatWasImportedIsKnownByItsDigestAndNotReadLineByLine() throws Exception {
        write("SEP1,101");
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        database.update(Sql.of("UPDATE duty SET note = ? WHERE name = 'lines'").with(digest));
        try (LogLines log = LogLines.listen()) {
            new PostgresLinesImport(database, file.toString()).run();
            assertEquals(
                    1, log.with("imported lines=3 added=0 changed=0 removed=0 ").size());
        }
    }

    @Test
    void anImportThatTheDatabaseRefusesIsTriedAgain() throws IOException {
        write("SEP1,101,alice,false,false");
        database.update(Sql.of("ALTER TABLE line ADD CONSTRAINT monitorable CHECK (tapi_monitorable)"));
        try {
            lineImport.refresh();
            assertThrows(IllegalStateException.class, lineImport::refresh);
        } finally {
            database.update(Sql.of("ALTER TABLE line DROP CONSTRAINT monitorable"));
        }
        lineImport.refresh();
        assertEquals(1, lines.count());
        assertEquals(false, find("SEP1", "101").tapiMonitorable());
    }

    @Test
    void manyLinesAreComparedOneByOne() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 1; i <= 5000; i++) {
            rows.add("SEP" + i + "," + (100 + i) + ",user" + i + ",true,false");
        }
        write(rows.toArray(String[]::new));
        look();
        rows.subList(0, 1500).clear();
        rows.replaceAll(row -> row.startsWith("SEP5") ? row.replace("true", "false") : row);
        rows.add("SEP5001,5101,,true,false");
        write(rows.toArray(String[]::new));
        try (LogLines log = LogLines.listen()) {
            look();
            assertEquals(
                    1,
                    log.with("imported lines=3501 added=1 changed=1 removed=1500 ")
                            .size());
        }
        assertEquals(3501, lines.count());
    }

    @Test
    void aFileThatIsGoneChangesNothing() throws IOException {
        Files.delete(file);
        look();
        assertEquals(3, lines.count());
    }

    @Test
    void aBrokenFileAtTheStartIsRefused() throws IOException {
        write("SEP1,101");
        PostgresLinesImport other = new PostgresLinesImport(database, file.toString());
        assertThrows(BadCsvException.class, other::run);
        assertEquals(3, lines.count());
    }

    @Test
    void aResourceOfTheProgramCanBeImported() {
        new PostgresLinesImport(database, "classpath:sample/lines.csv").run();
        assertEquals(9, lines.count());
    }

    @Test
    void whatCouldntBeImportedIsTriedAgain() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setPortNumbers(new int[] {ServiceProcess.freePort()});
        PostgresLinesImport away = new PostgresLinesImport(new Database(nowhere), file.toString());
        assertThrows(StoreUnavailableException.class, away::run);
        assertThrows(StoreUnavailableException.class, away::refresh);
    }

    /** A change shows at the second look, when it is certain that nobody is writing it any more. */
    private void look() {
        lineImport.refresh();
        lineImport.refresh();
    }

    private Line find(String device, String number) {
        return lines.find(DeviceName.of(device), DirectoryNumber.of(number)).orElseThrow();
    }

    private void write(String... rows) throws IOException {
        Files.write(file, List.of(rows));
    }
}
