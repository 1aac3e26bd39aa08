package org.liverecordings.recording.start;

import java.util.Arrays;
import java.util.Optional;

import org.liverecordings.recording.Rejection;

/** Why a start breaks a rule: its own BadRequestReason, which is another one than the stop's. */
public enum StartRejection implements Rejection {
    /** The names that are given are blank, or the body can't be read. */
    INVALID_TARGET(0),
    /** The line doesn't exist or isn't monitorable through TAPI. */
    NOT_MONITORABLE(1),
    /** The mode is neither 0 nor 1. */
    INVALID_MODE(2),
    /** No line is named, and the caller has none. */
    NO_OWN_LINE(3),
    /** The device isn't configured for recordings that somebody starts, but for automatic recording or none. */
    NOT_SELECTIVE(4);

    private final int code;

    StartRejection(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /** The rejection with this number; empty if the contract has none. */
    public static Optional<StartRejection> ofCode(int code) {
        return Arrays.stream(values())
                .filter(rejection -> rejection.code == code)
                .findFirst();
    }
}
