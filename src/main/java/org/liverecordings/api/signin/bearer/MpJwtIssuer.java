package org.liverecordings.api.signin.bearer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import org.eclipse.microprofile.config.Config;
import org.liverecordings.api.signin.keys.Algorithms;
import org.liverecordings.api.signin.keys.IssuerKeys;
import org.liverecordings.api.signin.keys.KeyFile;
import org.liverecordings.settings.Shown;

/** The one issuer that MicroProfile JWT's settings describe, with a key, a key file, or the address of a JWKS. */
final class MpJwtIssuer {

    private static final String KEY = "mp.jwt.verify.publickey";
    private static final String KEY_LOCATION = "mp.jwt.verify.publickey.location";
    private static final String ALGORITHM = "mp.jwt.verify.publickey.algorithm";
    private static final String ISSUER = "mp.jwt.verify.issuer";

    private static final String CLASSPATH = "classpath:";
    private static final int MOST_ALGORITHMS = 20;
    private static final int MOST_BYTES = 1024 * 1024;

    private final Config config;

    MpJwtIssuer(Config config) {
        this.config = config;
    }

    boolean isNamed() {
        return text(ISSUER).isPresent();
    }

    boolean hasKey() {
        return text(KEY).isPresent() || text(KEY_LOCATION).isPresent();
    }

    /**
     * Reads the settings, and the key file if there is one.
     *
     * @param usual the algorithms, if none is set here
     * @param remote makes keys of the address of a JWKS and the algorithms
     * @throws IllegalArgumentException if a setting is missing or makes no sense; the message names it
     */
    Issuer read(Set<SignatureAlgorithm> usual, BiFunction<String, Set<SignatureAlgorithm>, IssuerKeys> remote) {
        List<SignatureAlgorithm> listed = ListSetting.read(config, ALGORITHM, MOST_ALGORITHMS, Algorithms::parse);
        Set<SignatureAlgorithm> algorithms = listed.isEmpty() ? usual : Set.copyOf(listed);
        Optional<String> location = text(KEY_LOCATION);
        IssuerKeys keys;
        if (text(KEY).isPresent()) {
            keys = fixed(KEY + ": ", text(KEY).get().getBytes(StandardCharsets.UTF_8), algorithms);
        } else if (location.isEmpty()) {
            throw missing(
                    KEY_LOCATION,
                    "where the key that verifies tokens is: a file's path, or a JWKS address;"
                            + " or set live-recordings.sign-in.issuers (or LIVE_RECORDINGS_SIGN_IN_ISSUERS)");
        } else if (Shown.isContent(location.get())) {
            throw new IllegalArgumentException(
                    KEY_LOCATION + ": " + Shown.CONTENT + "; a public key itself goes into " + KEY);
        } else if (location.get().matches("(?i)https?:.*")) {
            keys = naming(KEY_LOCATION + ": ", () -> remote.apply(location.get(), algorithms));
        } else {
            keys = fixed(KEY_LOCATION + ": " + location.get() + " ", content(location.get()), algorithms);
        }
        String name = text(ISSUER).orElseThrow(() -> missing(ISSUER, "the issuer that tokens must name"));
        return new Issuer(name, algorithms, keys);
    }

    private static IssuerKeys fixed(String where, byte[] content, Set<SignatureAlgorithm> algorithms) {
        return naming(where, () -> IssuerKeys.fixed(KeyFile.read(content, algorithms)));
    }

    private static IssuerKeys naming(String where, Supplier<IssuerKeys> keys) {
        try {
            return keys.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + e.getMessage(), e);
        }
    }

    private static byte[] content(String location) {
        byte[] content;
        try (InputStream in = open(location)) {
            content = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(KEY_LOCATION + ": can't read a key at " + Shown.path(location), e);
        }
        if (content.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    KEY_LOCATION + ": " + location + " is larger than " + MOST_BYTES + " bytes");
        }
        return content;
    }

    private static InputStream open(String location) throws IOException {
        if (location.startsWith(CLASSPATH)) {
            String resource = location.substring(CLASSPATH.length()).replaceFirst("^/", "");
            InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource);
            if (in == null) {
                throw new IOException("no such resource");
            }
            return in;
        }
        return Files.newInputStream(location.startsWith("file:") ? fileOf(location) : Path.of(location));
    }

    private static Path fileOf(String location) {
        return location.startsWith("file:/")
                ? Path.of(URI.create(location))
                : Path.of(location.substring("file:".length()));
    }

    /** Without a value, or with the one that the framework takes for none. */
    private Optional<String> text(String property) {
        return config.getOptionalValue(property, String.class)
                .map(String::strip)
                .filter(value -> !value.isEmpty() && !value.equals("NONE"));
    }

    private static IllegalArgumentException missing(String property, String meaning) {
        String variable = property.toUpperCase(Locale.ROOT).replace('.', '_');
        return new IllegalArgumentException(
                "Set " + property + " (or " + variable + " in the environment), " + meaning);
    }
}
