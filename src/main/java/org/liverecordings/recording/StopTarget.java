package org.liverecordings.recording;

/** What a stop is asked for. Equal targets name the same thing, however it was spelled. */
public sealed interface StopTarget {

    /**
     * One recording.
     *
     * @param id never null
     */
    record ById(RecordingId id) implements StopTarget {}

    /**
     * Whatever is being recorded on a line or device.
     *
     * @param selector never null
     */
    record OnLine(LineSelector selector) implements StopTarget {}
}
