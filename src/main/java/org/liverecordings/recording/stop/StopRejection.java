package org.liverecordings.recording.stop;

import java.util.Arrays;
import java.util.Optional;

import org.liverecordings.recording.Rejection;

/** Why a stop breaks a rule: the contract's BadRequestReason, which belongs to the stop operation alone. */
public enum StopRejection implements Rejection {
    /** The id is not a GUID; or neither device name nor directory number is given. */
    INVALID_TARGET(0),
    /** The recording is on a line that isn't monitorable through TAPI. */
    NOT_MONITORABLE(1),
    /** The device is configured for automatic call recording. */
    AUTOMATIC_RECORDING(2);

    private final int code;

    StopRejection(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /** The rejection with this number; empty if the contract has none. */
    public static Optional<StopRejection> ofCode(int code) {
        return Arrays.stream(values())
                .filter(rejection -> rejection.code == code)
                .findFirst();
    }
}
