package org.liverecordings.events.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/**
 * Who is told of events. {@code <NAME>} is a webhook's name, which stands in the database beside how far it has got: a renamed one begins
 * anew. In an environment variable it is one word of letters and digits; others must stand in a file or a system property. There may be
 * 100.
 */
@ConfigMapping(prefix = "live-recordings")
@RegisterForReflection
public interface WebhooksConfig {

    /** The webhooks by their names. */
    Map<String, Endpoint> webhooks();

    /** Where events are sent to. */
    @RegisterForReflection
    interface Endpoint {

        /** Its address, {@code https} unless {@code allow-http} says otherwise. */
        @Bounds(min = "1", max = "2000")
        String url();

        /**
         * What requests are signed with: {@code whsec_} and Base64 of 24 to 64 bytes. While it is replaced both, with a space between:
         * each request then has a signature of each.
         */
        @Bounds(min = "1", max = "4096")
        String secret();

        /** The types of events that it is told, such as {@code recording.stopped}; without it all of them. */
        @Bounds(min = "1", max = "100")
        Optional<List<String>> events();

        /** Whether its address may be {@code http}. */
        @WithDefault("false")
        boolean allowHttp();

        /** Whether its address may be one that isn't public, which is looked at for each request. */
        @WithDefault("false")
        boolean allowPrivateAddresses();

        /** Whether to follow where it redirects to, with 307 or 308, three times at most and under the same rules. */
        @WithDefault("false")
        boolean allowRedirects();

        /** How long it may take to answer. */
        @WithDefault("10s")
        @Bounds(min = "100ms", max = "1m")
        Duration timeout();

        /** How long to wait after the first attempt that fails; then twice as long each time, and up to half of it less by chance. */
        @WithDefault("1s")
        @Bounds(min = "10ms", max = "1h")
        Duration retryDelay();

        /** How long to wait at most; at least {@link #retryDelay}. */
        @WithDefault("1h")
        @Bounds(min = "10ms", max = "1d")
        Duration longestRetryDelay();

        /** For how long an event is tried to deliver before nothing is sent any more; less than {@code LIVE_RECORDINGS_EVENTS_RETENTION}. */
        @WithDefault("3d")
        @Bounds(min = "1s", max = "30d")
        Duration giveUpAfter();

        /** The {@code quarkus.tls.<name>} to use for https; without it the default one. */
        @Bounds(min = "1", max = "100")
        Optional<String> tlsConfigurationName();
    }
}
