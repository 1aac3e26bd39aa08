package org.liverecordings.wiring;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** Which adapters are in use, and what a stop does besides. */
@ConfigMapping(prefix = "live-recordings")
@RegisterForReflection
public interface LiveRecordingsConfig {

    /** The recorder: {@code embedded}, {@code imagicle} or {@code asterisk}. */
    @WithDefault("embedded")
    Recorder recorder();

    /**
     * Where the registry of live recordings is kept, and with it the lines, the leases of stops and the audit trail: {@code memory},
     * or {@code postgresql} for any number of replicas.
     */
    @WithDefault("memory")
    @Bounds(min = "1", max = "20")
    String registry();

    /** What this replica is called in the audit trail. Without it {@code HOSTNAME} counts, else the process id. */
    @Bounds(min = "1", max = "100")
    Optional<String> replica();

    /** Stops whose outcome isn't known. */
    StopPending stopPending();

    /** What a stop does besides stopping. */
    Stop stop();

    /** Answers to requests that carry an {@code Idempotency-Key}. */
    Idempotency idempotency();

    /** What is behind the service. */
    enum Recorder {
        /** One of its own. */
        EMBEDDED,
        /** The vendor's UCX Suite. */
        IMAGICLE,
        /** Nodes of Asterisk. */
        ASTERISK
    }

    /** What a stop does besides stopping. */
    @RegisterForReflection
    interface Stop {

        /**
         * Which stops put their line on hold, so that nothing is started there: {@code consent-withdrawn}, those with this reason, or
         * {@code always}.
         */
        @WithDefault("consent-withdrawn")
        Hold hold();

        /** How long a hold lasts, unless it is lifted or the recorder tells that its call is over. */
        @WithDefault("4h")
        @Bounds(min = "1m", max = "7d")
        Duration holdFor();

        /** Which stops put their line on hold. */
        enum Hold {
            /** Those with this reason. */
            CONSENT_WITHDRAWN,
            /** All. */
            ALWAYS
        }
    }

    /** Answers to requests that carry an {@code Idempotency-Key}. */
    @RegisterForReflection
    interface Idempotency {

        /** How long an answer is given again to whoever repeats the request with the same key. */
        @WithDefault("24h")
        @Bounds(min = "1m", max = "30d")
        Duration keep();
    }

    /** Stops whose outcome isn't known. */
    @RegisterForReflection
    interface StopPending {

        /**
         * How long a stop whose outcome is unknown is remembered, so that a repeated one can be confirmed. It must be longer than
         * a recorder may take to carry out a request that was given up.
         */
        @WithDefault("5m")
        @Bounds(min = "1m", max = "1d")
        Duration keep();
    }
}
