package org.liverecordings.metrics;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What becomes of timers, as far as no request tells it. */
@Singleton
public final class TimerMeters {

    private final Counter failures;
    private final Counter alarms;

    /** Never null. */
    public TimerMeters(MeterRegistry meters) {
        this.failures = Counter.builder("live.recordings.timer.failures")
                .description("How often a timer couldn't be carried out, and was put off")
                .register(meters);
        this.alarms = Counter.builder("live.recordings.pause.alarms")
                .description("How often a recording was found paused for longer than it may be")
                .register(meters);
    }

    /** A timer couldn't be carried out. */
    public void failed() {
        failures.increment();
    }

    /** A recording is paused for longer than it may be. */
    public void pausedTooLong() {
        alarms.increment();
    }
}
