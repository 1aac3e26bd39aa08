package org.liverecordings.api.signin.keys;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;

/** The signature algorithms that can be accepted: none that needs a secret, which the service would have to share. */
public final class Algorithms {

    private static final Set<SignatureAlgorithm> KNOWN = EnumSet.complementOf(
            EnumSet.of(SignatureAlgorithm.HS256, SignatureAlgorithm.HS384, SignatureAlgorithm.HS512));

    private Algorithms() {}

    /**
     * Reads a name, without regard to case.
     *
     * @throws IllegalArgumentException if there is no such one
     */
    public static SignatureAlgorithm parse(String name) {
        return KNOWN.stream()
                .filter(known -> known.getAlgorithm().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no '" + name + "', only: " + String.join(", ", names())));
    }

    private static List<String> names() {
        return KNOWN.stream().map(SignatureAlgorithm::getAlgorithm).toList();
    }
}
