package org.liverecordings.recording;

/** How the audio of a call reaches the recorder. */
public enum RecordingMode {
    /** The device or its gateway sends a copy of the media to the recorder. */
    MEDIA_FORKING,
    /** The user's phone conferences the recorder in: such a recording has a directory number but no monitored device. */
    DIAL_IN
}
