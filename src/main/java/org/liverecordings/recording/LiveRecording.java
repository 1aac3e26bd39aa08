package org.liverecordings.recording;

import java.util.Objects;

/**
 * A call that is being recorded now.
 *
 * @param id never null
 * @param deviceName null only for a dial-in, which has no monitored device
 * @param directoryNumber never null
 * @param mode never null
 * @param origin never null
 */
public record LiveRecording(
        RecordingId id,
        DeviceName deviceName,
        DirectoryNumber directoryNumber,
        RecordingMode mode,
        RecordingOrigin origin) {

    /** Checks what the parameters say. */
    public LiveRecording {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(directoryNumber, "directoryNumber");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(origin, "origin");
        if (deviceName == null && mode != RecordingMode.DIAL_IN) {
            throw new IllegalArgumentException("deviceName may be empty for a dial-in only");
        }
    }

    /** Whether this recording can't be addressed by a device name (409 in the contract's section on device name and number). */
    public boolean isManualDialIn() {
        return mode == RecordingMode.DIAL_IN && origin == RecordingOrigin.MANUAL;
    }
}
