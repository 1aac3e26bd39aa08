package org.liverecordings.metrics;

import java.time.Duration;

import io.micrometer.core.instrument.Timer;

/** The bounds of the histograms: few, and close around the second within which a stop is to be answered. */
final class Buckets {

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5)
    };

    private Buckets() {}

    /** A timer with these bounds. */
    static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BOUNDS);
    }
}
