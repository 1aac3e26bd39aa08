package org.liverecordings.wiring.recorders;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import org.liverecordings.metrics.RecorderMeters;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.recorder.guard.RecorderCondition;
import org.liverecordings.recorder.guard.RecorderGuard;
import org.liverecordings.recording.Deadline;
import org.liverecordings.text.Words;
import org.liverecordings.wiring.LiveRecordingsConfig;

/** What keeps a recorder in trouble from troubling everyone, and how long a request may go on. */
class GuardProducer {

    @Produces
    @Singleton
    @Typed(RecorderGuard.class)
    RecorderGuard guard(GuardConfig config, LiveRecordingsConfig service, MeterRegistry meters) {
        return new RecorderGuard(config, new RecorderMeters(meters, Words.of(service.recorder())));
    }

    @Produces
    @Singleton
    RecorderCondition condition(
            LiveRecordingsConfig config, Instance<RecorderGuard> guard, Instance<AsteriskRecorder> asterisk) {
        return config.recorder() == LiveRecordingsConfig.Recorder.ASTERISK
                ? asterisk.get().condition()
                : guard.get();
    }

    @Produces
    @Singleton
    Deadline.Limit requestLimit(GuardConfig config) {
        return new Deadline.Limit(config.deadline());
    }
}
