package org.liverecordings.recording;

/** What a request is about: what it names, or all on its caller's lines. Equal targets are the same thing, however it was spelled. */
public sealed interface RecordingTarget {

    /**
     * One recording.
     *
     * @param id never null
     */
    record ById(RecordingId id) implements RecordingTarget {}

    /**
     * Whatever is being recorded on a line or device.
     *
     * @param selector never null
     */
    record OnLine(LineSelector selector) implements RecordingTarget {}

    /**
     * Whatever is being recorded on a user's lines.
     *
     * @param userKey as {@link Line#userKey} gives it
     */
    record OfUser(String userKey) implements RecordingTarget {}

    /**
     * Whatever is being recorded on the lines that a user manages.
     *
     * @param userKey as {@link Line#userKey} gives it
     */
    record OfManager(String userKey) implements RecordingTarget {}
}
