package org.liverecordings.recording.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.liverecordings.text.Words;

/** What can become of a recording, or of a hold on a line. */
public enum EventType {
    /** The recorder confirmed that it records. */
    STARTED,
    PAUSED,
    RESUMED,
    /** A request stopped it. */
    STOPPED,
    /** It is over, and nobody asked for that. */
    ENDED,
    /** It was to be started, and isn't recorded. */
    START_FAILED,
    /** A request may have stopped it, or may yet: the recorder's answer got lost. */
    STOP_UNKNOWN,
    /** Nothing may be started on a line for a while. */
    HOLD_PLACED,
    /** Somebody ended a hold, or the stop that had placed it stopped nothing. */
    HOLD_LIFTED,
    /** A hold's call was over, or its time. */
    HOLD_ENDED;

    private static final String HOLD = "hold-";

    private static final Map<String, EventType> BY_OPERATION =
            Map.of("start", STARTED, "pause", PAUSED, "resume", RESUMED);

    /** Its name outside: {@code recording.start-failed}, {@code hold.placed}. */
    public String word() {
        String word = Words.of(this);
        return word.startsWith(HOLD) ? word.replaceFirst("-", ".") : "recording." + word;
    }

    /** What a request for this operation, such as {@code pause}, makes of a recording; empty if it makes nothing of the kind. */
    public static Optional<EventType> ofOperation(String operation) {
        return Optional.ofNullable(BY_OPERATION.get(operation));
    }

    /** The type of this name; empty if there is none. */
    public static Optional<EventType> ofWord(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }
}
