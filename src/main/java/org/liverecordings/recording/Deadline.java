package org.liverecordings.recording;

import java.time.Duration;

/**
 * The moment until which a request may go on, by this process's clock. It is made once, when the request begins. After it nothing is
 * asked or sent on the request's behalf.
 */
public final class Deadline {

    /** For what no client waits for. */
    public static final Deadline NONE =
            new Deadline(System.nanoTime(), Duration.ofDays(36_500).toNanos());

    private final long begunNanos;
    private final long atNanos;

    private Deadline(long begunNanos, long nanos) {
        this.begunNanos = begunNanos;
        this.atNanos = begunNanos + nanos;
    }

    /** The deadline of a request that begins now. */
    public static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime(), duration.toNanos());
    }

    /** What is left of it; never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
    }

    /** How long ago the request began; zero if no client waits. */
    public Duration spent() {
        return this == NONE ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    /** Whether it has passed. */
    public boolean isOver() {
        return atNanos - System.nanoTime() <= 0;
    }

    /**
     * How long a request may take.
     *
     * @param perRequest from its begin
     */
    public record Limit(Duration perRequest) {

        /** The deadline of a request that begins now. */
        public Deadline begin() {
            return after(perRequest);
        }
    }
}
