package org.liverecordings.recording;

import java.util.Comparator;
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
 * @param recording which of its calls the device is configured to record; never null
 * @param group the group of lines that it belongs to; null if it belongs to none
 */
public record Line(
        DeviceName deviceName,
        DirectoryNumber directoryNumber,
        String username,
        boolean tapiMonitorable,
        RecordingType recording,
        Group group) {

    /** By their devices, then by their numbers. */
    public static final Comparator<Line> IN_ORDER = Comparator.<Line, String>comparing(
                    line -> line.deviceName().key())
            .thenComparing(line -> line.directoryNumber().value());

    /** Checks what the parameters say. */
    public Line {
        Objects.requireNonNull(deviceName, "deviceName");
        Objects.requireNonNull(directoryNumber, "directoryNumber");
        Objects.requireNonNull(recording, "recording");
    }

    /** Which calls of a line the telephony system is configured to record. */
    public enum RecordingType {
        /** Those whose recording is started by somebody. */
        SELECTIVE,
        /** Every call; nobody can start or stop that. */
        AUTOMATIC,
        /** No call: none can be started. */
        NONE
    }

    /**
     * A group of lines, such as those of a team. Its name matches without regard to case.
     *
     * @param key the name in the form in which it is compared and stored
     */
    public record Group(String key) {

        /** How long a name may be, in characters. */
        public static final int LONGEST = 64;

        /** What divides the names of groups where several are named, and what stands before them. */
        private static final String DIVIDERS = "|=";

        /**
         * The group of this name, without white space around it.
         *
         * @throws IllegalArgumentException if it is blank or too long, or holds a control character or one that divides names
         */
        public static Group of(String name) {
            String key = Texts.strip(name).toLowerCase(Locale.ROOT);
            boolean odd = key.chars().anyMatch(c -> Character.isISOControl(c) || DIVIDERS.indexOf(c) >= 0);
            if (key.isEmpty() || key.length() > LONGEST || odd) {
                throw new IllegalArgumentException("a group of lines must be 1 to " + LONGEST
                        + " characters without =, a vertical bar or control characters, not '" + name + "'");
            }
            return new Group(key);
        }

        @Override
        public String toString() {
            return key;
        }
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
