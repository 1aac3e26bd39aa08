package org.liverecordings.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.csv.BadCsvException;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.support.LogLines;

class ReloadingLineCapabilitiesTest extends LineCapabilitiesContract {

    @TempDir
    Path directory;

    @Override
    LineCapabilities inventory(List<Line> lines) {
        return new ReloadingLineCapabilities(write(csv(lines).toArray(String[]::new)));
    }

    @Test
    void aChangeShowsWithTheNextLook() {
        ReloadingLineCapabilities lines = new ReloadingLineCapabilities(write("SEP1,101,alice,true,false"));
        write("SEP1,101,alice,true,false", "SEP2,102,bob,true,false");
        assertEquals(1, lines.count());
        lines.refresh();
        assertEquals(1, lines.count());
        lines.refresh();
        assertEquals(2, lines.count());
    }

    @Test
    void aFileThatIsBeingWrittenIsNotReadYet() {
        ReloadingLineCapabilities lines =
                new ReloadingLineCapabilities(write("SEP1,101,alice,true,false", "SEP2,102,bob,true,false"));
        write("SEP1,101,alice,true,false");
        lines.refresh();
        write("SEP1,101,alice,true,false", "SEP2,102,bob,true,false", "SEP3,103,carol,true,false");
        lines.refresh();
        assertEquals(2, lines.count());
        lines.refresh();
        assertEquals(3, lines.count());
    }

    @Test
    void aFileWithoutLinesKeepsWhatWasThere() {
        String file = write("SEP1,101,alice,true,false");
        ReloadingLineCapabilities lines = new ReloadingLineCapabilities(file);
        write();
        try (LogLines log = LogLines.listen()) {
            look(lines);
            assertEquals(
                    1,
                    log.with("kept lines=1 because of a bad file: " + file + ": has no lines")
                            .size());
        }
        assertEquals(1, lines.count());
    }

    @Test
    void theLinesAreTheFilesUntilItHasAnError() throws InterruptedException {
        ReloadingLineCapabilities lines = new ReloadingLineCapabilities(write("SEP1,101,alice,true,false"));
        long atStart = lines.currentAt();
        Thread.sleep(2);
        look(lines);
        long afterALook = lines.currentAt();
        write("SEP1,101,alice,true,perhaps");
        look(lines);
        look(lines);
        long withAnError = lines.currentAt();
        write("SEP1,101,alice,true,false", "SEP2,102,bob,true,false");
        look(lines);
        long mended = lines.currentAt();
        assertTrue(atStart > 0);
        assertTrue(afterALook > atStart);
        assertEquals(afterALook, withAnError);
        assertTrue(mended >= withAnError);
        assertEquals(2, lines.count());
    }

    /** A change shows at the second look, when it is certain that nobody is writing it any more. */
    private static void look(ReloadingLineCapabilities lines) {
        lines.refresh();
        lines.refresh();
    }

    @Test
    void aBrokenFileKeepsWhatWasThereAndIsToldOnce() {
        String file = write("SEP1,101,alice,true,false");
        ReloadingLineCapabilities lines = new ReloadingLineCapabilities(file);
        write("SEP1,101,alice,true,perhaps");
        try (LogLines log = LogLines.listen()) {
            look(lines);
            look(lines);
            assertEquals(
                    1,
                    log.with("kept lines=1 because of a bad file: " + file + ", line 1: ")
                            .size());
        }
        assertEquals(1, lines.count());
    }

    @Test
    void aFileThatIsMendedCounts() {
        ReloadingLineCapabilities lines = new ReloadingLineCapabilities(write("SEP1,101,alice,true,false"));
        write("SEP1");
        look(lines);
        write("SEP1,101,alice,true,false", "SEP2,102,bob,true,false");
        look(lines);
        assertEquals(2, lines.count());
    }

    @Test
    void aFileThatIsReplacedCountsEvenIfItsLengthAndTimeAreTheSame() throws IOException {
        Path file = Path.of(write("SEP1,101,alice,true,false"));
        ReloadingLineCapabilities lines = new ReloadingLineCapabilities(file.toString());
        Path other = Files.writeString(directory.resolve("other"), "SEP2,101,alice,true,false\n");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        look(lines);
        assertEquals("SEP2", lines.ofUser("alice").get(0).deviceName().value());
    }

    @Test
    void aBrokenFileAtTheStartIsRefused() {
        String file = write("SEP1");
        assertThrows(BadCsvException.class, () -> new ReloadingLineCapabilities(file));
    }

    private String write(String... rows) {
        try {
            return Files.write(directory.resolve("lines.csv"), List.of(rows)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
