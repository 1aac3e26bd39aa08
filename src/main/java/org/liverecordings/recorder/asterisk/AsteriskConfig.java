package org.liverecordings.recorder.asterisk;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/**
 * The recorder {@code asterisk}: one or more nodes of Asterisk, spoken to by its REST interface (ARI). {@code <NAME>} is a node's
 * name, which in an environment variable is one word of letters and digits; others must stand in a file or a system property. A recording
 * remembers it, so a node that is renamed must have none.
 */
@ConfigMapping(prefix = "live-recordings.asterisk")
@RegisterForReflection
public interface AsteriskConfig {

    /** The nodes by their names. */
    Map<String, Node> nodes();

    /**
     * Which endpoint a line is, with {@code {deviceName}} or {@code {directoryNumber}} in it, as they are written in the inventory.
     */
    @WithDefault("PJSIP/{deviceName}")
    @Bounds(min = "1", max = "200")
    String endpoint();

    /** What a pause does to the file: {@code pause} cuts the time paused out, {@code mute} makes it silent. */
    @WithDefault("pause")
    Pause pause();

    /**
     * What the names of our Stasis applications and channels begin with: letters, digits, hyphens. Services that don't share one
     * registry and record on the same node need different ones, else they take each other's recordings for their own.
     */
    @WithDefault("live-recordings")
    @Bounds(min = "1", max = "40")
    String application();

    /** How long setting up a connection may take. If Asterisk's accept queue is full, TCP retries after a second. */
    @WithDefault("1500ms")
    @Bounds(min = "10ms", max = "30s")
    Duration connectTimeout();

    /**
     * How many connections to a node there are at most. Asterisk takes 100 of all replicas together unless {@code sessionlimit} in its
     * http.conf says otherwise, and lets 10 wait to be let in.
     */
    @WithDefault("10")
    @Bounds(min = "1", max = "10000")
    int connections();

    /** How often the nodes are asked for their endpoints, and for what was left behind by a replica that died. */
    @WithDefault("10s")
    @Bounds(min = "1s", max = "1d")
    Duration sweepInterval();

    /** A node. */
    @RegisterForReflection
    interface Node {

        /** Its address without {@code /ari}, such as {@code http://pbx.example.com:8088}. */
        @Bounds(min = "1", max = "2000")
        String url();

        /** A user of its ari.conf that isn't read-only. */
        @Bounds(min = "1", max = "256")
        String username();

        /** That user's password, taken as it is: nothing in it is an expression. */
        @Bounds(min = "1", max = "4096")
        Optional<String> password();

        /** A file that has the password instead; a line's end at its end doesn't count. */
        @Bounds(min = "1", max = "4096")
        Optional<String> passwordFile();

        /** The {@code quarkus.tls.<name>} to use for https; without it the default one. */
        @Bounds(min = "1", max = "100")
        Optional<String> tlsConfigurationName();
    }

    /** What a pause does to the file. */
    enum Pause {
        /** The time paused is cut out. */
        PAUSE,
        /** The time paused is silent, so that the file is as long as the call. */
        MUTE
    }
}
