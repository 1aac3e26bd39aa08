package org.liverecordings;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which adapters are in use. */
@ConfigMapping(prefix = "live-recordings")
public interface LiveRecordingsConfig {

    /** The recorder: {@code embedded} or {@code imagicle}. */
    @WithDefault("embedded")
    String recorder();

    /** The registry of live recordings: {@code memory}. */
    @WithDefault("memory")
    String registry();

    /** Stops whose outcome isn't known. */
    StopPending stopPending();

    /** Stops whose outcome isn't known. */
    interface StopPending {

        /**
         * How long a forwarded stop whose outcome is unknown is remembered, so that a repeated one can be confirmed. For a
         * recording in the registry it is remembered as long as the recording is there.
         */
        @WithDefault("5m")
        Duration keep();
    }
}
