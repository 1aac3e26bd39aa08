package org.liverecordings.events.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** Who is told of events, each under its name. */
@ConfigMapping(prefix = "live-recordings")
@RegisterForReflection
public interface WebhooksConfig {

    /** By their names, which stand in the database beside how far each has got: a renamed one begins anew. */
    Map<String, Endpoint> webhooks();

    /** Where events are sent to. */
    @RegisterForReflection
    interface Endpoint {

        /** Its address, {@code https} unless {@code allow-http} says otherwise. */
        @Bounds(min = "1", max = "2000")
        String url();

        /** What requests are signed with: {@code whsec_} and Base64, several of them with spaces between while one is replaced. */
        @Bounds(min = "1", max = "4096")
        String secret();

        /** The types of events that it is told, such as {@code recording.stopped}; without it all of them. */
        @Bounds(min = "1", max = "100")
        Optional<List<String>> events();

        /** Whether its address may be {@code http}. */
        @WithDefault("false")
        boolean allowHttp();

        /** Whether it may be in a network of our own. */
        @WithDefault("false")
        boolean allowPrivateAddresses();

        /** Whether to follow where it redirects to, under the same rules. */
        @WithDefault("false")
        boolean allowRedirects();

        /** How long it may take to answer. */
        @WithDefault("10s")
        @Bounds(min = "100ms", max = "1m")
        Duration timeout();

        /** How long to wait after the first attempt that fails; then twice as long each time. */
        @WithDefault("1s")
        @Bounds(min = "10ms", max = "1h")
        Duration retryDelay();

        /** How long to wait at most. */
        @WithDefault("1h")
        @Bounds(min = "10ms", max = "1d")
        Duration longestRetryDelay();

        /** For how long an event is tried to deliver before nothing is sent any more. */
        @WithDefault("3d")
        @Bounds(min = "1s", max = "30d")
        Duration giveUpAfter();

        /** The {@code quarkus.tls.<name>} to use for https; without it the default one. */
        @Bounds(min = "1", max = "100")
        Optional<String> tlsConfigurationName();
    }
}
