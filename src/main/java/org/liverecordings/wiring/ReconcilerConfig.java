package org.liverecordings.wiring;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What brings the registry in line with the recorder. */
@ConfigMapping(prefix = "live-recordings.reconciler")
public interface ReconcilerConfig {

    /** How often it looks. */
    @WithDefault("30s")
    Duration interval();
}
