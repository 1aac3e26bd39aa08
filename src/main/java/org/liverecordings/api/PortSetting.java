package org.liverecordings.api;

import java.util.Set;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses to start with a port that there isn't. The framework would take a negative one for any free port, and fail over one that
 * is too large without saying which setting it is.
 */
@ApplicationScoped
class PortSetting {

    private static final String PORT = "quarkus.http.port";
    private static final int MAX = 65535;

    private final int port;

    PortSetting(@ConfigProperty(name = PORT) int port) {
        this.port = port;
    }

    /** Before anything else happens that the start of a service is for. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL && (port < 0 || port > MAX)) {
            throw new ConfigurationException(
                    PORT + " (or PORT in the environment): " + port + " is not a port from 1 to " + MAX
                            + ", or 0 for any that is free",
                    Set.of(PORT));
        }
    }
}
