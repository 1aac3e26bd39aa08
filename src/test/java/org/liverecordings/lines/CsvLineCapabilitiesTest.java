package org.liverecordings.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.csv.BadCsvException;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.store.LineCapabilities;

class CsvLineCapabilitiesTest extends LineCapabilitiesContract {

    private static final String HEADER = "deviceName,directoryNumber,username,tapiMonitorable,automaticRecording";

    @TempDir
    Path directory;

    @Override
    LineCapabilities inventory(List<Line> lines) {
        List<String> rows = new ArrayList<>();
        rows.add(HEADER);
        for (Line line : lines) {
            rows.add(String.join(
                    ",",
                    line.deviceName().value(),
                    line.directoryNumber().value(),
                    line.username() == null ? "" : line.username(),
                    Boolean.toString(line.tapiMonitorable()),
                    Boolean.toString(line.automaticRecording())));
        }
        return CsvLineCapabilities.read(file(rows));
    }

    @Test
    void withoutAFileNoLineIsKnown() {
        assertEquals(0, CsvLineCapabilities.empty().count());
    }

    @Test
    void aLineThatStandsTwiceIsRefusedHoweverItIsSpelled() {
        String file = file(List.of("SEP1,\\+39101,alice,true,false", "sep1,+39101,bob,false,false"));
        BadCsvException refused = assertThrows(BadCsvException.class, () -> CsvLineCapabilities.read(file));
        assertEquals(file + ", line 2: line +39101 on device sep1 is there already", refused.getMessage());
    }

    @Test
    void aLineWithoutDeviceIsRefused() {
        String file = file(List.of(HEADER, " ,101,alice,true,false"));
        BadCsvException refused = assertThrows(BadCsvException.class, () -> CsvLineCapabilities.read(file));
        assertEquals(file + ", line 2: deviceName is empty", refused.getMessage());
    }

    @Test
    void aLineWithoutNumberIsRefused() {
        String file = file(List.of(HEADER, "SEP1,,alice,true,false"));
        BadCsvException refused = assertThrows(BadCsvException.class, () -> CsvLineCapabilities.read(file));
        assertEquals(file + ", line 2: directoryNumber is empty", refused.getMessage());
    }

    @Test
    void aFlagThatIsNeitherTrueNorFalseIsRefused() {
        String file = file(List.of(HEADER, "SEP1,101,alice,true,no"));
        BadCsvException refused = assertThrows(BadCsvException.class, () -> CsvLineCapabilities.read(file));
        assertEquals(file + ", line 2: automaticRecording must be true or false, not 'no'", refused.getMessage());
    }

    @Test
    @Timeout(60)
    void theLinesOfALargeDeploymentLoad() {
        int lines = 200_000;
        List<String> rows = new ArrayList<>(lines);
        for (int i = 0; i < lines; i++) {
            rows.add(String.format("SEP%012X,%d,user%d,%b,%b", i, 100_000 + i / 2, i / 5, i % 10 != 0, i % 7 == 0));
        }
        LineCapabilities inventory = CsvLineCapabilities.read(file(rows));
        assertEquals(lines, inventory.count());
        assertEquals(
                Optional.of(new Line(
                        DeviceName.of("SEP000000030D3F"), DirectoryNumber.of("199999"), "user39999", true, false)),
                inventory.find(DeviceName.of("sep000000030d3f"), DirectoryNumber.of("199999")));
        assertEquals(
                2,
                inventory
                        .find(new LineSelector(null, DirectoryNumber.of("100000")))
                        .size());
    }

    private String file(List<String> rows) {
        try {
            return Files.write(Files.createTempFile(directory, "lines", ".csv"), rows)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
