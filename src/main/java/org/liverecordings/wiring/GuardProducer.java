package org.liverecordings.wiring;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.liverecordings.recorder.GuardConfig;
import org.liverecordings.recorder.RecorderGuard;

/** What keeps a recorder in trouble from troubling everyone. */
class GuardProducer {

    @Produces
    @Singleton
    RecorderGuard guard(GuardConfig config) {
        return new RecorderGuard(config);
    }
}
