package org.liverecordings.wiring;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** Pauses that somebody forgets. */
@ConfigMapping(prefix = "live-recordings.pause")
@RegisterForReflection
public interface PauseConfig {

    /** How long a pause may last. Without it, as long as nobody ends it. */
    @Bounds(min = "1s", max = "30d")
    Optional<Duration> longest();

    /** What becomes of a pause that lasts longer: {@code resume}, or {@code alarm}, which tells it again and again in the log. */
    @WithDefault("alarm")
    LongestAction longestAction();

    /** What becomes of a pause that lasts longer. */
    enum LongestAction {
        /** It ends. */
        RESUME,
        /** The log tells it. */
        ALARM
    }
}
