package org.liverecordings.api;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.jwt.util.ResourceUtils;
import org.eclipse.microprofile.config.Config;

/**
 * Refuses to start without the means to verify a token: the framework would start and answer every token with 401. In dev and
 * test the framework makes keys on the fly.
 */
@ApplicationScoped
class TokenSettings {

    private static final String KEY = "mp.jwt.verify.publickey";
    private static final String KEY_LOCATION = "mp.jwt.verify.publickey.location";
    private static final String ISSUER = "mp.jwt.verify.issuer";

    private final Config config;

    TokenSettings(Config config) {
        this.config = config;
    }

    void check(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            checkKey();
            if (text(ISSUER).isEmpty()) {
                throw missing(ISSUER, "the issuer that tokens must name");
            }
        }
    }

    private void checkKey() {
        Optional<String> location = text(KEY_LOCATION);
        if (location.isEmpty() && text(KEY).isEmpty()) {
            throw missing(KEY_LOCATION, "where the key that verifies tokens is: a file's path, or a JWKS address");
        }
        // A remote one is fetched with the first token, so that the start doesn't depend on it.
        if (location.isPresent() && !location.get().matches("(?i)https?:.*") && !readable(location.get())) {
            throw new ConfigurationException(
                    KEY_LOCATION + ": can't read a key at " + location.get(), Set.of(KEY_LOCATION));
        }
    }

    private static boolean readable(String location) {
        try {
            String content = ResourceUtils.readResource(location);
            return content != null && !content.isBlank();
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<String> text(String property) {
        return config.getOptionalValue(property, String.class).filter(value -> !value.isBlank());
    }

    private static ConfigurationException missing(String property, String meaning) {
        String variable = property.toUpperCase(Locale.ROOT).replace('.', '_');
        return new ConfigurationException(
                "Set " + property + " (or " + variable + " in the environment), " + meaning, Set.of(property));
    }
}
