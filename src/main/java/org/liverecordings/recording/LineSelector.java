package org.liverecordings.recording;

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

    /** Whether the recording is on the device, on the line, or, with both named, on that line of that device. */
    public boolean selects(LiveRecording recording) {
        return (deviceName == null || deviceName.equals(recording.deviceName()))
                && (directoryNumber == null || directoryNumber.equals(recording.directoryNumber()));
    }
}
