package org.liverecordings.wiring.recorders;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** What brings the registry in line with the recorder. */
@ConfigMapping(prefix = "live-recordings.reconciler")
@RegisterForReflection
public interface ReconcilerConfig {

    /** How often it looks, on one replica at a time. */
    @WithDefault("30s")
    @Bounds(min = "100ms", max = "1d")
    Duration interval();
}
