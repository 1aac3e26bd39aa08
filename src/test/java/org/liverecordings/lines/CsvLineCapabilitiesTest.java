package org.liverecordings.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.csv.BadCsvException;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.Line.RecordingType;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.store.LineCapabilities;

class CsvLineCapabilitiesTest extends LineCapabilitiesContract {

    private static final String HEADER = "deviceName,directoryNumber,username,tapiMonitorable,automaticRecording";

    @TempDir
    Path directory;

    @Override
    LineCapabilities inventory(List<Line> lines) {
        return CsvLineCapabilities.read(file(csv(lines)));
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "101",
                "+390584943232",
                "\\+390584943232",
                "*21",
                "#31",
                "1XX",
                "[1-4]XXX",
                "+39-0584-943232",
                "12345678901234567890123456789012345678901234567890",
                "+1234567890123456789012345678901234567890123456789"
            })
    void aNumberIsReadAsTheTelephonySystemWritesIt(String number) {
        LineCapabilities lines =
                CsvLineCapabilities.read(file(List.of("CSFalice-1.x_2," + number + ",a b,TRUE,false")));
        assertEquals(
                List.of("a b"),
                lines.find(new LineSelector(DeviceName.of("csfALICE-1.x_2"), DirectoryNumber.of(number))).stream()
                        .map(Line::username)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "390585.0",
                "390 585",
                "(0584) 943232",
                "SEP000000000101",
                "+",
                "-",
                "1+2",
                "++39101",
                "\\101",
                "\\\\+39101",
                "101x",
                "１０１",
                "39/101",
                "123456789012345678901234567890123456789012345678901",
                "\\+12345678901234567890123456789012345678901234567890"
            })
    void aNumberOfAnythingElseIsRefused(String number) {
        String file = file(List.of(HEADER, "SEP1," + number + ",alice,true,false"));
        BadCsvException refused = assertThrows(BadCsvException.class, () -> CsvLineCapabilities.read(file));
        assertEquals(
                file + ", line 2: a directory number must be up to 50 of 0 to 9, X # [ ] - * after at most one +, not '"
                        + number + "'",
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEP1234567890123", "+39101", "SEP 1", "SEP:1", "SEP/1", "\\SEP1", "SEP1*"})
    void aDeviceNameOfAnythingElseIsRefused(String name) {
        String file = file(List.of(HEADER, name + ",101,alice,true,false"));
        BadCsvException refused = assertThrows(BadCsvException.class, () -> CsvLineCapabilities.read(file));
        assertEquals(
                file + ", line 2: a device name must be 1 to 15 letters, digits, dots, hyphens and underscores, not '"
                        + name + "'",
                refused.getMessage());
    }

    @Test
    void deviceAndNumberSwappedAreRefused() {
        String file = file(List.of(HEADER, "101,SEP1,alice,true,false"));
        BadCsvException refused = assertThrows(BadCsvException.class, () -> CsvLineCapabilities.read(file));
        assertTrue(
                refused.getMessage().startsWith(file + ", line 2: a directory number must be "), refused.getMessage());
    }

    @Test
    void whiteSpaceOfAnyKindAroundAFieldDoesNotCount() {
        LineCapabilities lines = CsvLineCapabilities.read(
                file(List.of("\u00A0SEP1\u202F,\u3000101\u00A0,alice\u00A0,true\u00A0,false")));
        assertEquals(1, lines.ofUser("alice").size());
        assertEquals(
                1,
                lines.find(new LineSelector(DeviceName.of("SEP1"), DirectoryNumber.of("101")))
                        .size());
    }

    @Test
    void aUserNameThatIsFarTooLongIsRefused() {
        String file = file(List.of("SEP1,101," + "x".repeat(129) + ",true,false"));
        BadCsvException refused = assertThrows(BadCsvException.class, () -> CsvLineCapabilities.read(file));
        assertEquals(file + ", line 1: username is longer than 128 characters", refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            columns                      | cells           | type      | group
            automaticRecording           | true            | AUTOMATIC |
            automaticRecording           | FALSE           | SELECTIVE |
            recording                    | selective       | SELECTIVE |
            recording                    | Automatic       | AUTOMATIC |
            recording                    | none            | NONE      |
            automaticRecording,recording | false,none      | NONE      |
            automaticRecording,recording | false,selective | SELECTIVE |
            automaticRecording,recording | true,automatic  | AUTOMATIC |
            automaticRecording,recording | true,           | AUTOMATIC |
            RECORDING,automaticrecording | ,false          | SELECTIVE |
            group,recording              | Milan,none      | NONE      | milan
            recording,group              | none,           | NONE      |
            automaticRecording,group     | false, Milan 2  | SELECTIVE | milan 2
            automaticRecording,group     | 'false,"a,b"'   | SELECTIVE | a,b
            """)
    void oneOfTheColumnsTellsWhichCallsAreRecordedAndTheGroupIsOptional(
            String columns, String cells, RecordingType type, String group) {
        String file = file(List.of(
                "deviceName,directoryNumber," + columns + ",username,tapiMonitorable", "SEP1,101," + cells + ",,true"));
        Line line = CsvLineCapabilities.read(file)
                .find(DeviceName.of("SEP1"), DirectoryNumber.of("101"))
                .orElseThrow();
        assertEquals(type, line.recording());
        assertEquals(group, line.group() == null ? null : line.group().key());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            automaticRecording,recording | true,selective  | recording is selective, but automaticRecording is true
            automaticRecording,recording | true,None       | recording is None, but automaticRecording is true
            automaticRecording,recording | false,automatic | recording is automatic, but automaticRecording is false
            automaticRecording,recording | ,none           | automaticRecording must be true or false, not ''
            automaticRecording,recording | false,off       | recording must be selective or automatic or none, not 'off'
            recording                    | true            | recording must be selective or automatic or none, not 'true'
            recording                    | ""              | recording must be selective or automatic or none, not ''
            group                        | milan           | there is no column automaticRecording
            recording,group              | "none,a|b"      | "a group of lines must be 1 to 64 characters without =, a vertical bar or control characters, not 'a|b'"
            recording,group              | none,a=b        | a group of lines must be 1 to 64 characters without =, a vertical bar or control characters, not 'a=b'
            recording,group              | none,=milan     | group is what a spreadsheet writes for a formula or a quoted text: '=milan'
            """)
    void aBadTypeOrGroupIsRefused(String columns, String cells, String reason) {
        String file = file(List.of(
                "deviceName,directoryNumber,username,tapiMonitorable," + columns, "SEP1,101,alice,true," + cells));
        BadCsvException refused = assertThrows(BadCsvException.class, () -> CsvLineCapabilities.read(file));
        assertEquals(file + ", line 2: " + reason, refused.getMessage());
    }

    @Test
    void aGroupMayBe64CharactersLong() {
        String header = HEADER + ",group";
        String longest = "x".repeat(64);
        assertEquals(
                1,
                CsvLineCapabilities.read(file(List.of(header, "SEP1,101,,true,false," + longest)))
                        .count());
        String file = file(List.of(header, "SEP1,101,,true,false," + longest + "x"));
        assertThrows(BadCsvException.class, () -> CsvLineCapabilities.read(file));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            deviceName,directoryNumber,username,tapiMonitorable,automaticRecording,team      | unknown column 'team'
            deviceName,directoryNumber,username,tapiMonitorable,automaticRecording,Group,group | column group is there twice
            """)
    void aHeaderThatMakesNoSenseIsRefused(String header, String reason) {
        String file = file(List.of(header, "SEP1,101,alice,true,false,milan"));
        BadCsvException refused = assertThrows(BadCsvException.class, () -> CsvLineCapabilities.read(file));
        assertEquals(file + ", line 1: " + reason, refused.getMessage());
    }

    @Test
    void withoutAHeaderThereIsNoColumnButTheUsualOnes() {
        String file = file(List.of("SEP1,101,alice,true,false,milan"));
        BadCsvException refused = assertThrows(BadCsvException.class, () -> CsvLineCapabilities.read(file));
        assertEquals(file + ", line 1: has 6 fields instead of 5 (" + HEADER + ")", refused.getMessage());
    }

    @Test
    void theLinesOfOneGroupShareItsName() {
        CsvLineCapabilities lines = CsvLineCapabilities.read(
                file(List.of(HEADER + ",group", "SEP1,101,,true,false,Milan", "SEP2,102,,true,false,Milan")));
        assertSame(
                lines.find(DeviceName.of("SEP1"), DirectoryNumber.of("101"))
                        .orElseThrow()
                        .group(),
                lines.find(DeviceName.of("SEP2"), DirectoryNumber.of("102"))
                        .orElseThrow()
                        .group());
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
                        DeviceName.of("SEP000000030D3F"),
                        DirectoryNumber.of("199999"),
                        "user39999",
                        true,
                        RecordingType.SELECTIVE,
                        null)),
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
