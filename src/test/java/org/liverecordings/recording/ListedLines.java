package org.liverecordings.recording;

import java.util.List;
import java.util.Optional;

/** An inventory of a few lines, given in the order of their device names. */
final class ListedLines implements LineCapabilities {

    private final List<Line> lines;

    ListedLines(Line... lines) {
        this.lines = List.of(lines);
    }

    static Line line(String device, String number, boolean monitorable, boolean automatic) {
        return new Line(DeviceName.of(device), DirectoryNumber.of(number), null, monitorable, automatic);
    }

    static Line free(String device, String number) {
        return line(device, number, true, false);
    }

    @Override
    public Optional<Line> find(DeviceName deviceName, DirectoryNumber directoryNumber) {
        return find(directoryNumber).stream()
                .filter(line -> line.deviceName().equals(deviceName))
                .findFirst();
    }

    @Override
    public List<Line> find(DirectoryNumber directoryNumber) {
        return lines.stream()
                .filter(line -> line.directoryNumber().equals(directoryNumber))
                .toList();
    }

    @Override
    public long count() {
        return lines.size();
    }
}
