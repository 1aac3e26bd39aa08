package org.liverecordings.wiring.start;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** What Prometheus is told. */
@ConfigMapping(prefix = "live-recordings.metrics")
@RegisterForReflection
public interface MetricsConfig {

    /** How often one of the replicas counts what is kept: recordings, leases, holds, timers, lines, the trail. */
    @WithDefault("15s")
    @Bounds(min = "100ms", max = "1h")
    Duration countInterval();
}
