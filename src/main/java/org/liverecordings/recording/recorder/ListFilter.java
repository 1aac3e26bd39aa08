package org.liverecordings.recording.recorder;

import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.text.Texts;

/**
 * Which live recordings to list: those that meet every criterion that is there.
 *
 * @param deviceName null if it doesn't matter
 * @param directoryNumber null if it doesn't matter
 * @param username null if it doesn't matter; never blank
 * @param numericUserId null if it doesn't matter; never blank
 */
public record ListFilter(
        DeviceName deviceName, DirectoryNumber directoryNumber, String username, String numericUserId) {

    /** Everything. */
    public static final ListFilter ALL = new ListFilter(null, null, null, null);

    /** Everything on a number. */
    public static ListFilter onNumber(DirectoryNumber directoryNumber) {
        return new ListFilter(null, directoryNumber, null, null);
    }

    /** Absent, empty and blank criteria don't matter. */
    public static ListFilter of(String deviceName, String directoryNumber, String username, String numericUserId) {
        return new ListFilter(
                DeviceName.ofNullable(deviceName),
                DirectoryNumber.ofNullable(directoryNumber),
                Texts.stripToNull(username),
                Texts.stripToNull(numericUserId));
    }

    /** Whether the recording meets the criteria that name its line. */
    public boolean selects(LiveRecording recording) {
        return LineSelector.selects(deviceName, directoryNumber, recording);
    }

    /** Whether a recording on this line meets the criteria that name its line. */
    public boolean selects(Line line) {
        return (deviceName == null || deviceName.equals(line.deviceName()))
                && (directoryNumber == null || directoryNumber.equals(line.directoryNumber()));
    }

    /** The same filter for the recordings of one user. */
    public ListFilter ofUser(String user) {
        return new ListFilter(deviceName, directoryNumber, user, numericUserId);
    }
}
