package org.liverecordings.recording;

/** What is known of a live recording. */
public enum RecordingStatus {
    /** The recorder was asked to start it and didn't confirm that it did. It may be recording, so it can be listed and stopped. */
    START_PENDING,
    /** The recorder confirmed that it is recording. */
    RECORDING,
    /** The recorder confirmed that it is paused. */
    PAUSED,
    /** The recorder confirmed that it stopped it, but nobody was told so yet. It is neither listed nor in the way of a start. */
    STOPPED
}
