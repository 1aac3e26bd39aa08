package org.liverecordings.recording;

/** Who started a recording. */
public enum RecordingOrigin {
    /** A user or a program asked for it. */
    MANUAL,
    /** The line's configuration did. */
    AUTOMATIC
}
