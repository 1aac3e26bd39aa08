package org.liverecordings.recorder.asterisk;

import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;

/** Tells which endpoint of Asterisk a line is. */
final class EndpointPattern {

    private static final String DEVICE = "{deviceName}";
    private static final String NUMBER = "{directoryNumber}";

    private final String pattern;

    /**
     * @throws IllegalArgumentException if no technology stands before a slash, or every line would be the same endpoint
     */
    EndpointPattern(String pattern) {
        boolean isTechnologyFirst = pattern.matches("\\w+/.+");
        if (!isTechnologyFirst || !(pattern.contains(DEVICE) || pattern.contains(NUMBER))) {
            throw new IllegalArgumentException("live-recordings.asterisk.endpoint: must be a technology, a slash, and "
                    + DEVICE + " or " + NUMBER + ", such as PJSIP/" + DEVICE + ", not " + pattern);
        }
        this.pattern = pattern;
    }

    /** The endpoint, such as {@code PJSIP/101}. */
    String of(DeviceName deviceName, DirectoryNumber directoryNumber) {
        return pattern.replace(DEVICE, deviceName.value()).replace(NUMBER, directoryNumber.value());
    }
}
