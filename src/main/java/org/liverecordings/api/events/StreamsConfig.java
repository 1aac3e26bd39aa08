package org.liverecordings.api.events;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** The live streams of events, for as many as read them at a time. */
@ConfigMapping(prefix = "live-recordings.events")
@RegisterForReflection
public interface StreamsConfig {

    /** How many clients may read the stream of a replica at a time, at most half of them as one user. One more gets 503. */
    @WithDefault("1000")
    @Bounds(min = "1", max = "100000")
    int streams();

    /** How long a client may read one until it has to sign in again, if its credentials name no earlier time. */
    @WithDefault("1h")
    @Bounds(min = "1s", max = "1d")
    Duration longestStream();
}
