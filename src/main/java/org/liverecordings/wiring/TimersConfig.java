package org.liverecordings.wiring;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** Pauses that end, and recordings that stop by themselves. */
@ConfigMapping(prefix = "live-recordings.timers")
@RegisterForReflection
public interface TimersConfig {

    /** How far ahead a request may set one. */
    @WithDefault("24h")
    @Bounds(min = "1s", max = "30d")
    Duration longest();

    /** How often this replica looks for those that are due. */
    @WithDefault("250ms")
    @Bounds(min = "20ms", max = "500ms")
    Duration poll();
}
