package org.liverecordings.wiring;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.recorder.guard.RecorderCondition;
import org.liverecordings.recorder.guard.RecorderGuard;
import org.liverecordings.recording.Deadline;

/** What keeps a recorder in trouble from troubling everyone, and how long a request may go on. */
class GuardProducer {

    @Produces
    @Singleton
    @Typed(RecorderGuard.class)
    RecorderGuard guard(GuardConfig config) {
        return new RecorderGuard(config);
    }

    @Produces
    @Singleton
    RecorderCondition condition(LiveRecordingsConfig config, RecorderGuard guard, Instance<AsteriskRecorder> asterisk) {
        return config.recorder().equals("asterisk") ? asterisk.get().condition() : guard;
    }

    @Produces
    @Singleton
    Deadline.Limit requestLimit(GuardConfig config) {
        return new Deadline.Limit(config.deadline());
    }
}
