package org.liverecordings.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liverecordings.recording.Recordings.on;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.Line.RecordingType;
import org.liverecordings.recording.store.LineCapabilities;

/** What every inventory of lines does. */
abstract class LineCapabilitiesContract {

    private static final Line ALICE = line("SEP000000000001", "101", "alice", true, false);
    private static final Line SHARED_LATER = line("TCTbob", "102", "bob", false, false);
    private static final Line SHARED_EARLIER = line("csfbob", "102", "bob", true, true);
    private static final Line NOBODYS = line("SEP000000000001", "+39102", null, false, true);

    /** An inventory of these lines. */
    abstract LineCapabilities inventory(List<Line> lines);

    private LineCapabilities inventory() {
        return inventory(List.of(ALICE, SHARED_LATER, SHARED_EARLIER, NOBODYS));
    }

    @Test
    void anAppearanceIsFoundByDeviceAndNumberAsItWas() {
        Optional<Line> found = inventory().find(DeviceName.of("SEP000000000001"), DirectoryNumber.of("101"));
        assertEquals(Optional.of(ALICE), found);
    }

    @Test
    void aDeviceIsFoundWithoutRegardToCaseAndStaysAsItWasWritten() {
        Optional<Line> found = inventory().find(DeviceName.of("tctBOB"), DirectoryNumber.of("102"));
        assertEquals("TCTbob", found.orElseThrow().deviceName().value());
    }

    @Test
    void aLineMayHaveNoUser() {
        Optional<Line> found = inventory().find(DeviceName.of("SEP000000000001"), DirectoryNumber.of("\\+39102"));
        assertEquals(Optional.of(NOBODYS), found);
    }

    @Test
    void aNumberIsNotOnADeviceThatHasOtherNumbers() {
        assertEquals(Optional.empty(), inventory().find(DeviceName.of("TCTbob"), DirectoryNumber.of("101")));
    }

    @Test
    void anUnknownDeviceHasNoLine() {
        assertEquals(Optional.empty(), inventory().find(DeviceName.of("SEP9"), DirectoryNumber.of("101")));
    }

    @Test
    void theAppearancesOfANumberComeInTheOrderOfTheirDevices() {
        assertEquals(List.of(SHARED_EARLIER, SHARED_LATER), inventory().find(on(null, "102")));
    }

    @Test
    void anUnknownNumberHasNoAppearance() {
        assertEquals(List.of(), inventory().find(on(null, "10")));
    }

    @Test
    void everyAppearanceCounts() {
        assertEquals(4, inventory().count());
    }

    @Test
    void anEmptyInventoryKnowsNoLine() {
        LineCapabilities empty = inventory(List.of());
        assertEquals(0, empty.count());
        assertEquals(List.of(), empty.find(on(null, "101")));
        assertEquals(Optional.empty(), empty.find(DeviceName.of("SEP1"), DirectoryNumber.of("101")));
    }

    // By selector

    @Test
    void theAppearancesOnADeviceComeInTheOrderOfTheirNumbers() {
        assertEquals(List.of(NOBODYS, ALICE), inventory().find(on("sep000000000001", null)));
    }

    @Test
    void bothNamesSelectOneAppearance() {
        assertEquals(List.of(SHARED_LATER), inventory().find(on("TCTBOB", "102")));
    }

    @Test
    void anAppearanceThatIsNotThereIsNotSelected() {
        assertEquals(List.of(), inventory().find(on("TCTbob", "101")));
    }

    @Test
    void anUnknownDeviceHasNoAppearance() {
        assertEquals(List.of(), inventory().find(on("SEP9", null)));
    }

    // By several numbers

    @Test
    void theAppearancesOfSeveralNumbersComeInTheOrderOfTheirDevices() {
        List<Line> found = inventory().ofNumbers(numbers("102", "101"));
        assertEquals(List.of(SHARED_EARLIER, ALICE, SHARED_LATER), found);
    }

    @Test
    void theAppearancesOfSeveralNumbersOnOneDeviceComeInTheOrderOfTheNumbers() {
        List<Line> found = inventory().ofNumbers(numbers("101", "\\+39102"));
        assertEquals(List.of(NOBODYS, ALICE), found);
    }

    @Test
    void aNumberThatIsAskedForTwiceHasItsAppearancesOnce() {
        assertEquals(List.of(ALICE), inventory().ofNumbers(numbers("101", "101")));
    }

    @Test
    void ofSeveralNumbersThoseThatNobodyKnowsHaveNone() {
        assertEquals(List.of(ALICE), inventory().ofNumbers(numbers("10", "101", "1_1", "\0")));
    }

    @Test
    void noNumberHasNoAppearance() {
        assertEquals(List.of(), inventory().ofNumbers(List.of()));
    }

    @Test
    void thousandsOfNumbersAreLookedUpAtOnce() {
        List<DirectoryNumber> numbers = IntStream.range(0, 5000)
                .mapToObj(number -> DirectoryNumber.of(Integer.toString(number)))
                .toList();
        assertEquals(List.of(SHARED_EARLIER, ALICE, SHARED_LATER), inventory().ofNumbers(numbers));
    }

    // Groups and types of recording

    @ParameterizedTest
    @EnumSource
    void aLineHasItsGroupAndItsTypeOfRecording(RecordingType type) {
        Line line = new Line(
                DeviceName.of("SEP1"), DirectoryNumber.of("101"), null, true, type, Line.Group.of("Milano Centro"));
        Optional<Line> found = inventory(List.of(line)).find(DeviceName.of("SEP1"), DirectoryNumber.of("101"));
        assertEquals(Optional.of(line), found);
    }

    // By several users

    @Test
    void theLinesOfSeveralUsersComeInTheOrderOfTheirDevices() {
        List<Line> found = inventory().ofUsers(List.of("bob", "ALICE", "Bob", "nobody"));
        assertEquals(List.of(SHARED_EARLIER, ALICE, SHARED_LATER), found);
    }

    @Test
    void noUserHasNoLine() {
        assertEquals(List.of(), inventory().ofUsers(List.of()));
        assertEquals(List.of(), inventory().ofUsers(List.of("", "\0")));
    }

    // By user

    @Test
    void theLinesOfAUserComeInTheOrderOfTheirDevices() {
        assertEquals(List.of(SHARED_EARLIER, SHARED_LATER), inventory().ofUser("bob"));
    }

    @Test
    void theLinesOfAUserOnOneDeviceComeInTheOrderOfTheirNumbers() {
        Line plus = line("SEP1", "+39101", "carol", true, false);
        Line two = line("sep1", "2", "carol", true, false);
        Line ten = line("Sep1", "10", "carol", true, false);
        LineCapabilities lines = inventory(List.of(two, ten, plus));
        assertEquals(List.of(plus, ten, two), lines.ofUser("carol"));
    }

    @Test
    void aUserIsFoundWithoutRegardToCaseAndStaysAsItWasWritten() {
        Line line = line("SEP1", "101", "Ünal.Öz", true, false);
        LineCapabilities lines = inventory(List.of(line));
        assertEquals(List.of(line), lines.ofUser("üNAL.öZ"));
    }

    @Test
    void aUserMatchesAsAWholeAndLiterally() {
        LineCapabilities lines = inventory();
        assertEquals(List.of(), lines.ofUser("bo"));
        assertEquals(List.of(), lines.ofUser("b%"));
        assertEquals(List.of(), lines.ofUser("bo_"));
    }

    @Test
    void nobodysLinesAreNobodys() {
        assertEquals(List.of(), inventory().ofUser(""));
    }

    private static List<DirectoryNumber> numbers(String... numbers) {
        return Stream.of(numbers).map(DirectoryNumber::of).toList();
    }

    private static Line line(String device, String number, String username, boolean monitorable, boolean automatic) {
        return new Line(
                DeviceName.of(device),
                DirectoryNumber.of(number),
                username,
                monitorable,
                automatic ? RecordingType.AUTOMATIC : RecordingType.SELECTIVE,
                null);
    }

    /** The lines as a file of all columns has them. */
    static List<String> csv(List<Line> lines) {
        List<String> rows = new ArrayList<>();
        rows.add("group,deviceName,directoryNumber,username,tapiMonitorable,automaticRecording,recording");
        for (Line line : lines) {
            rows.add(String.join(
                    ",",
                    line.group() == null ? "" : line.group().key(),
                    line.deviceName().value(),
                    line.directoryNumber().value(),
                    line.username() == null ? "" : line.username(),
                    Boolean.toString(line.tapiMonitorable()),
                    Boolean.toString(line.recording() == RecordingType.AUTOMATIC),
                    line.recording().name().toLowerCase(Locale.ROOT)));
        }
        return rows;
    }
}
