package org.liverecordings.recording.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.Line.RecordingType;
import org.liverecordings.recording.LineSelector;

/** An inventory of a few lines, given in the order of their device names. */
public final class ListedLines implements LineCapabilities {

    private final List<Line> lines;

    public ListedLines(Line... lines) {
        this.lines = List.of(lines);
    }

    public static Line line(String device, String number, boolean monitorable, boolean automatic) {
        return new Line(
                DeviceName.of(device),
                DirectoryNumber.of(number),
                null,
                monitorable,
                automatic ? RecordingType.AUTOMATIC : RecordingType.SELECTIVE,
                null);
    }

    public static Line free(String device, String number) {
        return line(device, number, true, false);
    }

    /** The same line with a user. */
    public static Line of(String username, Line line) {
        return new Line(
                line.deviceName(),
                line.directoryNumber(),
                username,
                line.tapiMonitorable(),
                line.recording(),
                line.group());
    }

    /** The same line in a group. */
    public static Line in(String group, Line line) {
        return new Line(
                line.deviceName(),
                line.directoryNumber(),
                line.username(),
                line.tapiMonitorable(),
                line.recording(),
                Line.Group.of(group));
    }

    /** The same line with another type of recording. */
    public static Line with(RecordingType recording, Line line) {
        return new Line(
                line.deviceName(),
                line.directoryNumber(),
                line.username(),
                line.tapiMonitorable(),
                recording,
                line.group());
    }

    @Override
    public Optional<Line> find(DeviceName deviceName, DirectoryNumber directoryNumber) {
        return find(new LineSelector(deviceName, directoryNumber)).stream().findFirst();
    }

    @Override
    public List<Line> find(LineSelector selector) {
        return lines.stream()
                .filter(line ->
                        selector.deviceName() == null || selector.deviceName().equals(line.deviceName()))
                .filter(line -> selector.directoryNumber() == null
                        || selector.directoryNumber().equals(line.directoryNumber()))
                .toList();
    }

    @Override
    public List<Line> ofUser(String username) {
        return lines.stream().filter(line -> line.belongsTo(username)).toList();
    }

    @Override
    public List<Line> ofUsers(Collection<String> usernames) {
        return lines.stream()
                .filter(line -> usernames.stream().anyMatch(line::belongsTo))
                .toList();
    }

    @Override
    public List<Line> ofNumbers(Collection<DirectoryNumber> numbers) {
        return lines.stream()
                .filter(line -> numbers.contains(line.directoryNumber()))
                .toList();
    }

    @Override
    public long count() {
        return lines.size();
    }
}
