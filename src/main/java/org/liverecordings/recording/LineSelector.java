package org.liverecordings.recording;

import java.util.List;
import java.util.Optional;

/**
 * Names the recordings of a line, of a device, or of one line on one device.
 *
 * @param deviceName null if the device doesn't matter
 * @param directoryNumber null if the number doesn't matter; one of the two is there
 */
public record LineSelector(DeviceName deviceName, DirectoryNumber directoryNumber) {

    /** Checks that one of the two is there. */
    public LineSelector {
        if (deviceName == null && directoryNumber == null) {
            throw new IllegalArgumentException("neither device name nor directory number");
        }
    }

    /**
     * @param deviceName null, empty or blank if absent
     * @param directoryNumber null, empty or blank if absent
     * @return empty if both are absent
     */
    public static Optional<LineSelector> of(String deviceName, String directoryNumber) {
        DeviceName device = DeviceName.ofNullable(deviceName);
        DirectoryNumber number = DirectoryNumber.ofNullable(directoryNumber);
        return device == null && number == null ? Optional.empty() : Optional.of(new LineSelector(device, number));
    }

    /** Whether the recording is on the device, on the line, or, with both named, on that line of that device. */
    public boolean selects(LiveRecording recording) {
        return selects(deviceName, directoryNumber, recording);
    }

    /** The same with neither named, which selects every recording. */
    public static boolean selects(DeviceName deviceName, DirectoryNumber directoryNumber, LiveRecording recording) {
        return (deviceName == null || deviceName.equals(recording.deviceName()))
                && (directoryNumber == null || directoryNumber.equals(recording.directoryNumber()));
    }

    /** Whether there may be a line that both name. */
    public boolean overlaps(LineSelector other) {
        return areOne(deviceName, other.deviceName()) && areOne(directoryNumber, other.directoryNumber());
    }

    private static boolean areOne(Object mine, Object others) {
        return mine == null || others == null || mine.equals(others);
    }

    /** This one, and that of its device and that of its number. */
    public List<LineSelector> covering() {
        return deviceName == null || directoryNumber == null
                ? List.of(this)
                : List.of(this, new LineSelector(deviceName, null), new LineSelector(null, directoryNumber));
    }

    /** The selector of where a recording is: one appearance of a line, or a number if it has no device. */
    public static LineSelector of(LiveRecording recording) {
        return new LineSelector(recording.deviceName(), recording.directoryNumber());
    }

    /** The selector of one appearance of a line. */
    public static LineSelector of(Line line) {
        return new LineSelector(line.deviceName(), line.directoryNumber());
    }
}
