package org.liverecordings.recording;

/** Why a request breaks a rule: one of an operation's BadRequestReasons. */
public interface Rejection {

    /** The number that the operation's contract gives it. */
    int code();

    /** Whether an answer with this reason names the device that can't be monitored: in every operation that is reason 1. */
    default boolean namesDevice() {
        return code() == 1;
    }
}
