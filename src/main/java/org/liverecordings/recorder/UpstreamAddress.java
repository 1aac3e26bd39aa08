package org.liverecordings.recorder;

import java.net.URI;
import java.util.Optional;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;

/** Reads the settings that say where a recorder is. */
public final class UpstreamAddress {

    private UpstreamAddress() {}

    /**
     * The address without a slash at its end.
     *
     * @param property the setting's name
     * @throws IllegalArgumentException if it isn't an http or https address
     */
    public static URI base(String property, URI url) {
        if (url.getHost() == null
                || !("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))) {
            throw new IllegalArgumentException(property + ": not an http or https address: " + url);
        }
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }

    /**
     * How to speak TLS: as the named configuration says, else as the default one does, if there is one.
     *
     * @param property the setting's name
     * @throws IllegalArgumentException if there is no configuration of that name
     */
    public static Optional<TlsConfiguration> tls(
            TlsConfigurationRegistry registry, String property, Optional<String> name) {
        if (name.isEmpty()) {
            return registry.getDefault();
        }
        return Optional.of(registry.get(name.get())
                .orElseThrow(() -> new IllegalArgumentException(property + ": there is no quarkus.tls." + name.get())));
    }
}
