package org.liverecordings.wiring;

import java.time.Duration;

import jakarta.inject.Singleton;

import org.liverecordings.recorder.GuardConfig;

/** How long a request may take, which decides when its traces in the stores may be taken for those of a dead replica. */
@Singleton
class RequestTime {

    /** An outcome is settled a little after the guard's deadline, which bounds what comes before it. */
    private static final Duration SETTLING = Duration.ofMillis(500);

    private final Duration longest;

    RequestTime(GuardConfig guard) {
        this.longest = guard.deadline().plus(SETTLING);
    }

    /** From the request's beginning until its outcome is settled. */
    Duration longest() {
        return longest;
    }
}
