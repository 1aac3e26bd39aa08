package org.liverecordings.recording.start;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Operation;

/**
 * A start as it was asked for, not yet validated.
 *
 * @param caller never null
 * @param legible false if the request's body couldn't be read
 * @param deviceName null if absent; empty or blank is given, but wrong
 * @param directoryNumber null if absent; empty or blank is given, but wrong
 * @param mode null if absent or not a number; which of them, {@code modeGiven} tells
 * @param modeGiven whether there was one
 * @param maxDuration after which time the recording stops by itself; null if it doesn't, else it may be anything
 */
public record StartRequest(
        Caller caller,
        boolean legible,
        String deviceName,
        String directoryNumber,
        Integer mode,
        boolean modeGiven,
        String maxDuration) {

    /** A start of what doesn't stop by itself. */
    public StartRequest(
            Caller caller,
            boolean legible,
            String deviceName,
            String directoryNumber,
            Integer mode,
            boolean modeGiven) {
        this(caller, legible, deviceName, directoryNumber, mode, modeGiven, null);
    }

    /** A start whose body couldn't be read. */
    public static StartRequest illegible(Caller caller) {
        return new StartRequest(caller, false, null, null, null, false);
    }

    /** Whether no line is named, which means the caller's own. */
    boolean ownLine() {
        return legible && deviceName == null && directoryNumber == null;
    }

    /**
     * @return null if the caller's own line is meant
     * @throws StartRejectedException with {@link StartRejection#INVALID_TARGET} if names are given, but all are blank
     */
    LineSelector selector() {
        if (ownLine()) {
            return null;
        }
        return LineSelector.of(deviceName, directoryNumber)
                .orElseThrow(() -> new StartRejectedException(StartRejection.INVALID_TARGET));
    }

    /**
     * @throws StartRejectedException with {@link StartRejection#INVALID_MODE}
     */
    RecordingMode recordingMode() {
        if (!modeGiven || Integer.valueOf(0).equals(mode)) {
            return RecordingMode.MEDIA_FORKING;
        }
        if (Integer.valueOf(1).equals(mode)) {
            return RecordingMode.DIAL_IN;
        }
        throw new StartRejectedException(StartRejection.INVALID_MODE);
    }

    Asked asked() {
        return new Asked(Operation.START, caller, null, deviceName, directoryNumber);
    }
}
