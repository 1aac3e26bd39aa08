package org.liverecordings.recording;

import java.time.Instant;
import java.util.Objects;

/**
 * A call that is being recorded now.
 *
 * @param id never null
 * @param deviceName null only for a dial-in, which has no monitored device
 * @param directoryNumber never null
 * @param mode never null
 * @param origin never null
 * @param startedAt when it started, or when we learnt of it; never null
 * @param status never null
 */
public record LiveRecording(
        RecordingId id,
        DeviceName deviceName,
        DirectoryNumber directoryNumber,
        RecordingMode mode,
        RecordingOrigin origin,
        Instant startedAt,
        RecordingStatus status) {

    /** Checks what the parameters say. */
    public LiveRecording {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(directoryNumber, "directoryNumber");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(status, "status");
        if (deviceName == null && mode != RecordingMode.DIAL_IN) {
            throw new IllegalArgumentException("deviceName may be empty for a dial-in only");
        }
    }

    /** Whether this recording can't be addressed by a device name (409 in the contract's section on device name and number). */
    public boolean isManualDialIn() {
        return mode == RecordingMode.DIAL_IN && origin == RecordingOrigin.MANUAL;
    }

    /** Whether it is being recorded, as far as is known. */
    public boolean isLive() {
        return status != RecordingStatus.STOPPED;
    }

    /** Whether it is on this appearance of a line; a dial-in without a device may be on any appearance of its number. */
    public boolean isOn(Line line) {
        return directoryNumber.equals(line.directoryNumber())
                && (deviceName == null || deviceName.equals(line.deviceName()));
    }

    /** The same recording with another status. */
    public LiveRecording with(RecordingStatus changed) {
        return new LiveRecording(id, deviceName, directoryNumber, mode, origin, startedAt, changed);
    }
}
