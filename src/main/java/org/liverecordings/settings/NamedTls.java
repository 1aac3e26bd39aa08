package org.liverecordings.settings;

import java.util.Optional;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;

/** How to speak TLS with somebody else: a {@code quarkus.tls.<name>}. */
public final class NamedTls {

    private NamedTls() {}

    /**
     * The named configuration, else the default one, if there is one.
     *
     * @param prefix the name of {@code <prefix>.tls-configuration-name}
     * @param name its value
     * @throws IllegalArgumentException if there is no configuration of that name; the message names the setting
     */
    public static Optional<TlsConfiguration> of(
            TlsConfigurationRegistry registry, String prefix, Optional<String> name) {
        if (name.isEmpty()) {
            return registry.getDefault();
        }
        return Optional.of(registry.get(name.get())
                .orElseThrow(() -> new IllegalArgumentException(
                        prefix + ".tls-configuration-name: there is no quarkus.tls." + name.get())));
    }
}
