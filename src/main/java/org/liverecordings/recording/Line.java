package org.liverecordings.recording;

import java.util.Locale;
import java.util.Objects;

import org.liverecordings.text.Texts;

/**
 * One appearance of a directory number on a device, and what the telephony system lets us do with it.
 *
 * @param deviceName never null
 * @param directoryNumber never null
 * @param username the line's user; null if it has none
 * @param tapiMonitorable whether calls on it can be controlled through TAPI
 * @param automaticRecording whether the device is configured to record every call of this line
 */
public record Line(
        DeviceName deviceName,
        DirectoryNumber directoryNumber,
        String username,
        boolean tapiMonitorable,
        boolean automaticRecording) {

    /** Checks what the parameters say. */
    public Line {
        Objects.requireNonNull(deviceName, "deviceName");
        Objects.requireNonNull(directoryNumber, "directoryNumber");
    }

    /** The form in which user names are compared, indexed and stored: they match without regard to case. */
    public static String userKey(String username) {
        return Texts.strip(username).toLowerCase(Locale.ROOT);
    }

    /** Whether both are there and name the same user. */
    public static boolean isSameUser(String one, String other) {
        return one != null && other != null && userKey(one).equals(userKey(other));
    }

    /** Whether it is this user's line. */
    public boolean belongsTo(String user) {
        return isSameUser(username, user);
    }
}
