package org.liverecordings.recorder.asterisk;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The recorder {@code asterisk}: one or more nodes of Asterisk, spoken to by its REST interface (ARI). */
@ConfigMapping(prefix = "live-recordings.asterisk")
public interface AsteriskConfig {

    /** The nodes by their names. A recording remembers its node's, so a node that is renamed must have none. */
    Map<String, Node> nodes();

    /**
     * Which endpoint a line is, with {@code {deviceName}} or {@code {directoryNumber}} in it, as they are written in the inventory.
     */
    @WithDefault("PJSIP/{deviceName}")
    String endpoint();

    /** What a pause does to the file. */
    @WithDefault("pause")
    Pause pause();

    /**
     * What the names of our Stasis applications and channels begin with: letters, digits, hyphens. Services that don't share one
     * registry and record on the same node need different ones, else they take each other's recordings for their own.
     */
    @WithDefault("live-recordings")
    String application();

    /** How long setting up a connection may take, 1 ms to 1 min. */
    @WithDefault("1s")
    Duration connectTimeout();

    /** How many connections to a node there are at most, from 1; Asterisk takes 100 in all unless its http.conf says otherwise. */
    @WithDefault("15")
    int connections();

    /** How often the nodes are asked for their endpoints, and for what was left behind by a replica that died; from 1 s. */
    @WithDefault("10s")
    Duration sweepInterval();

    /** A node. */
    interface Node {

        /** Its address without {@code /ari}, such as {@code http://pbx.example.com:8088}. */
        URI url();

        /** A user of its ari.conf that isn't read-only. */
        String username();

        /** That user's password. It or the file is needed. */
        Optional<String> password();

        /** A file whose first line is that user's password. */
        Optional<String> passwordFile();

        /** The {@code quarkus.tls.<name>} to use for https; without it the default one. */
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
