package org.liverecordings;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which adapters are in use. */
@ConfigMapping(prefix = "live-recordings")
public interface LiveRecordingsConfig {

    /** The recorder: {@code embedded}, {@code imagicle} or {@code asterisk}. */
    @WithDefault("embedded")
    String recorder();

    /**
     * Where the registry of live recordings is kept, and with it the lines, the leases of stops and the audit trail: {@code memory},
     * or {@code postgresql} for any number of replicas.
     */
    @WithDefault("memory")
    String registry();

    /** What this replica is called in the audit trail. Without it, its process id is. */
    Optional<String> replica();

    /** Stops whose outcome isn't known. */
    StopPending stopPending();

    /** Answers to requests that carry an {@code Idempotency-Key}. */
    Idempotency idempotency();

    /** Answers to requests that carry an {@code Idempotency-Key}. */
    interface Idempotency {

        /** How long an answer is given again to whoever repeats the request with the same key, from a minute to 30 days. */
        @WithDefault("24h")
        Duration keep();
    }

    /** Stops whose outcome isn't known. */
    interface StopPending {

        /**
         * How long a stop whose outcome is unknown is remembered, so that a repeated one can be confirmed. It must be longer than
         * a recorder may take to carry out a request whose asker has given up; from a minute to a day.
         */
        @WithDefault("5m")
        Duration keep();
    }
}
