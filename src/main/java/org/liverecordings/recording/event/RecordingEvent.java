package org.liverecordings.recording.event;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;

/**
 * A change that took effect.
 *
 * @param id never null; the same however often it is sent
 * @param type never null
 * @param at when it took effect; never null
 * @param recording null if it is about a hold, or if a suite was asked by line and didn't tell which one it was
 * @param deviceName null if unknown
 * @param directoryNumber null if unknown
 * @param user who asked for it; null if nobody did
 * @param operation what was asked for; null if nothing was
 * @param correlationId the request's; null if there was none
 * @param traceparent which trace the request belongs to; null if that isn't known
 * @param recorder which kind of recorder; never null
 * @param node which of the recorder's nodes; null if it has none, or it isn't known
 * @param inferred whether the recorder didn't confirm a stop itself, but knew no such recording after one with an unknown outcome
 */
public record RecordingEvent(
        UUID id,
        EventType type,
        Instant at,
        RecordingId recording,
        DeviceName deviceName,
        DirectoryNumber directoryNumber,
        String user,
        String operation,
        String correlationId,
        String traceparent,
        String recorder,
        String node,
        boolean inferred) {

    /** Checks what the parameters say. */
    public RecordingEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(recorder, "recorder");
    }

    /** Where it happened, or may have: it needn't name both device and number. Empty if it names neither. */
    public Optional<LineSelector> line() {
        return deviceName == null && directoryNumber == null
                ? Optional.empty()
                : Optional.of(new LineSelector(deviceName, directoryNumber));
    }

    /**
     * An event and its place among all.
     *
     * @param position above zero, and above that of every event that could be read before
     */
    public record Numbered(long position, RecordingEvent event) {}
}
