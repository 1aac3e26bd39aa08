package org.liverecordings.recording;

import java.time.Duration;
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
 * @param call what the recorder told of the call; never null
 * @param pauses never null
 */
public record LiveRecording(
        RecordingId id,
        DeviceName deviceName,
        DirectoryNumber directoryNumber,
        RecordingMode mode,
        RecordingOrigin origin,
        Instant startedAt,
        RecordingStatus status,
        Call call,
        Pauses pauses) {

    /** Checks what the parameters say. */
    public LiveRecording {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(directoryNumber, "directoryNumber");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(pauses, "pauses");
        if (deviceName == null && mode != RecordingMode.DIAL_IN) {
            throw new IllegalArgumentException("deviceName may be empty for a dial-in only");
        }
    }

    /** A recording of whose call nothing is known, and that was never paused. */
    public LiveRecording(
            RecordingId id,
            DeviceName deviceName,
            DirectoryNumber directoryNumber,
            RecordingMode mode,
            RecordingOrigin origin,
            Instant startedAt,
            RecordingStatus status) {
        this(id, deviceName, directoryNumber, mode, origin, startedAt, status, Call.UNKNOWN, Pauses.NONE);
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

    /** The same recording with another status, but for its pauses. */
    public LiveRecording with(RecordingStatus changed) {
        return new LiveRecording(id, deviceName, directoryNumber, mode, origin, startedAt, changed, call, pauses);
    }

    /** The same recording with another status since then. */
    public LiveRecording with(RecordingStatus changed, Instant at) {
        Pauses then = changed == RecordingStatus.PAUSED ? pauses.begun(at) : pauses.ended(at);
        return new LiveRecording(id, deviceName, directoryNumber, mode, origin, startedAt, changed, call, then);
    }

    /** The same recording of this call. */
    public LiveRecording of(Call learnt) {
        return new LiveRecording(id, deviceName, directoryNumber, mode, origin, startedAt, status, learnt, pauses);
    }

    /**
     * What the recorder told of the call that is being recorded.
     *
     * @param node which of the recorder's nodes records it; null if the recorder has no nodes, or wasn't asked yet
     * @param remoteName who is at the other end; null if unknown
     * @param remoteNumber the number at the other end; null if unknown
     */
    public record Call(String node, String remoteName, String remoteNumber) {

        /** Nothing is known. */
        public static final Call UNKNOWN = new Call(null, null, null);
    }

    /**
     * How long a recording has been paused.
     *
     * @param over the pauses that are over, taken together; never null
     * @param since when the pause began that isn't over; null if there is none
     */
    public record Pauses(Duration over, Instant since) {

        /** It was never paused. */
        public static final Pauses NONE = new Pauses(Duration.ZERO, null);

        /** Checks what the parameters say. */
        public Pauses {
            Objects.requireNonNull(over, "over");
        }

        private Pauses begun(Instant at) {
            return since == null ? new Pauses(over, at) : this;
        }

        private Pauses ended(Instant at) {
            return since == null ? this : new Pauses(total(at), null);
        }

        /** All of them until now. */
        public Duration total(Instant now) {
            return since == null || since.isAfter(now) ? over : over.plus(Duration.between(since, now));
        }
    }
}
