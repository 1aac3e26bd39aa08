package org.liverecordings.recorder.guard;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** What keeps a recorder in trouble from troubling everyone. */
@ConfigMapping(prefix = "live-recordings.guard")
@RegisterForReflection
public interface GuardConfig {

    /**
     * How long a request may go on from its begin, retries included. After it nothing is asked of the recorder, and the answer is
     * 504.
     */
    @WithDefault("5s")
    @Bounds(min = "100ms", max = "1m")
    Duration deadline();

    /** How long one try may take. */
    @WithDefault("2s")
    @Bounds(min = "50ms", max = "1m")
    Duration attemptTimeout();

    /** How often a call that may be repeated is tried again, as far as the deadline allows. 0 switches it off. */
    @WithDefault("2")
    @Bounds(min = "0", max = "100")
    int retries();

    /** How long to wait before trying again; less than the deadline. */
    @WithDefault("200ms")
    @Bounds(min = "0s", max = "30s")
    Duration retryDelay();

    /** How much longer or shorter than the delay the wait may be, at random, so that replicas don't try in step. */
    @WithDefault("100ms")
    @Bounds(min = "0s", max = "30s")
    Duration retryJitter();

    /** How many calls may be under way at once. */
    @WithDefault("100")
    @Bounds(min = "1", max = "10000")
    int concurrentCalls();

    /** How many more may wait for that, at least 1; any beyond are answered 504 at once. */
    @WithDefault("200")
    @Bounds(min = "1", max = "100000")
    int queuedCalls();

    /** The circuit breaker. */
    Breaker breaker();

    /** When to stop asking a recorder that doesn't answer. */
    @RegisterForReflection
    interface Breaker {

        /** How many of the latest tries are looked at. */
        @WithDefault("10")
        @Bounds(min = "1", max = "100000")
        int window();

        /** The circuit opens when this share of them has failed, 0.0 to 1.0. */
        @WithDefault("0.5")
        @Bounds(min = "0.01", max = "1")
        double failureRatio();

        /** How long the circuit stays open before a try is let through. */
        @WithDefault("5s")
        @Bounds(min = "100ms", max = "1h")
        Duration delay();

        /** How many tries in a row must succeed for it to close. */
        @WithDefault("1")
        @Bounds(min = "1", max = "1000")
        int successes();
    }
}
