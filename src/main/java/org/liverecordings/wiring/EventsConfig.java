package org.liverecordings.wiring;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** The events that tell what becomes of recordings. */
@ConfigMapping(prefix = "live-recordings.events")
@RegisterForReflection
public interface EventsConfig {

    /** Whether events are written down, for the live stream. A webhook needs them as well, so that they are written for it anyway. */
    @WithDefault("false")
    boolean enabled();

    /**
     * How long they are kept, to be delivered again: longer than the {@code LIVE_RECORDINGS_WEBHOOKS_<NAME>_GIVE_UP_AFTER} of each
     * webhook. In memory the latest 10,000 are kept at most.
     */
    @WithDefault("7d")
    @Bounds(min = "1m", max = "365d")
    Duration retention();

    /** How often older ones are removed. */
    @WithDefault("1m")
    @Bounds(min = "100ms", max = "1d")
    Duration sweepInterval();

    /** How often this replica looks for new ones. */
    @WithDefault("250ms")
    @Bounds(min = "20ms", max = "500ms")
    Duration poll();
}
