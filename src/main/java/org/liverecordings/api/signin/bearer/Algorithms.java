package org.liverecordings.api.signin.bearer;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;

/** The signature algorithms that can be accepted: none that needs a secret, which the service would have to share. */
final class Algorithms {

    private static final Set<SignatureAlgorithm> KNOWN = EnumSet.complementOf(
            EnumSet.of(SignatureAlgorithm.HS256, SignatureAlgorithm.HS384, SignatureAlgorithm.HS512));

    private Algorithms() {}

    /**
     * Reads their names, without regard to case.
     *
     * @throws IllegalArgumentException if there is no such one; the message names the setting
     */
    static Set<SignatureAlgorithm> parse(String setting, Collection<String> names) {
        return names.stream().map(name -> parse(setting, name.strip())).collect(Collectors.toUnmodifiableSet());
    }

    private static SignatureAlgorithm parse(String setting, String name) {
        return KNOWN.stream()
                .filter(known -> known.getAlgorithm().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        setting + ": there is no '" + name + "', only: " + String.join(", ", names())));
    }

    private static List<String> names() {
        return KNOWN.stream().map(SignatureAlgorithm::getAlgorithm).toList();
    }
}
