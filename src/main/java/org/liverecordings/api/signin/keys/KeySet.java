package org.liverecordings.api.signin.keys;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The keys with which one issuer's tokens are verified. Two sets of the same keys are equal.
 *
 * @param keys only such that fit one of the accepted algorithms
 */
public record KeySet(List<VerificationKey> keys) {

    /** What is known before anything is known. */
    public static final KeySet NONE = new KeySet(List.of());

    private static final int MOST_KEYS = 100;
    private static final int MOST_TRIED = 4;
    private static final int FEWEST_RSA_BITS = 2048;

    /**
     * A key.
     *
     * @param id its {@code kid}; null if it has none
     * @param algorithm the only one that it is meant for; null if that isn't said
     */
    public record VerificationKey(String id, String algorithm, PublicKey key) {

        private boolean fits(SignatureAlgorithm wanted) {
            return (algorithm == null || algorithm.equals(wanted.getAlgorithm())) && isOfFamily(key, wanted);
        }
    }

    /**
     * A set of one key without an id.
     *
     * @throws IllegalArgumentException if none of the algorithms can be used with it; the message says so
     */
    public static KeySet of(PublicKey key, Set<SignatureAlgorithm> algorithms) {
        return new KeySet(List.of(usable(new VerificationKey(null, null, key), algorithms)));
    }

    /**
     * Reads a JWK, or a JWKS and leaves out what can't be used, such as a key for encryption.
     *
     * @throws NoUsableKeyException if nothing is left; the message says why
     * @throws IllegalArgumentException if it isn't one; the message says why
     */
    public static KeySet ofJson(String json, Set<SignatureAlgorithm> algorithms) {
        List<VerificationKey> keys = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Map<?, ?> jwk : jwks(json)) {
            try {
                keys.add(usable(key(jwk), algorithms));
            } catch (IllegalArgumentException e) {
                faults.add(e.getMessage());
            }
        }
        if (keys.isEmpty()) {
            throw new NoUsableKeyException("holds no usable key: "
                    + (faults.isEmpty()
                            ? "its list is empty"
                            : String.join("; ", faults.subList(0, Math.min(3, faults.size())))));
        }
        return new KeySet(List.copyOf(keys));
    }

    private static List<Map<?, ?>> jwks(String json) {
        Map<String, Object> object;
        try {
            object = JsonUtil.parseJson(json);
        } catch (JoseException e) {
            throw new IllegalArgumentException("isn't JSON", e);
        }
        if (object.containsKey("kty")) {
            return List.of(object);
        }
        if (!(object.get("keys") instanceof List<?> list)) {
            throw new IllegalArgumentException("is JSON, but has neither 'keys' nor 'kty'");
        }
        if (list.size() > MOST_KEYS) {
            throw new IllegalArgumentException("holds " + list.size() + " keys; at most " + MOST_KEYS);
        }
        List<Map<?, ?>> jwks = new ArrayList<>();
        for (Object element : list) {
            jwks.add(element instanceof Map<?, ?> jwk ? jwk : Map.of());
        }
        return jwks;
    }

    private static VerificationKey key(Map<?, ?> jwk) {
        if ("oct".equals(jwk.get("kty"))) {
            throw new IllegalArgumentException("a secret, which anybody who verifies could sign with");
        }
        if (jwk.get("use") != null && !"sig".equals(jwk.get("use"))) {
            throw new IllegalArgumentException("a key for encryption");
        }
        if (jwk.get("key_ops") instanceof List<?> operations && !operations.contains("verify")) {
            throw new IllegalArgumentException("a key that isn't for verifying");
        }
        if (jwk.containsKey("d")) {
            throw new IllegalArgumentException("a private key, which belongs to the issuer alone");
        }
        try {
            Map<String, Object> parameters = new HashMap<>();
            jwk.forEach((name, value) -> parameters.put(String.valueOf(name), value));
            PublicJsonWebKey parsed = PublicJsonWebKey.Factory.newPublicJwk(parameters);
            return new VerificationKey(parsed.getKeyId(), parsed.getAlgorithm(), parsed.getPublicKey());
        } catch (JoseException | RuntimeException e) {
            throw new IllegalArgumentException("a key that can't be read", e);
        }
    }

    private static VerificationKey usable(VerificationKey key, Set<SignatureAlgorithm> algorithms) {
        if (key.key() instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < FEWEST_RSA_BITS) {
            throw new IllegalArgumentException("an RSA key of "
                    + rsa.getModulus().bitLength() + " bits; at least " + FEWEST_RSA_BITS + " are needed");
        }
        if (algorithms.stream().noneMatch(key::fits)) {
            throw new IllegalArgumentException("a key of type " + type(key.key())
                    + (key.algorithm() == null ? "" : " for " + key.algorithm())
                    + ", which none of the accepted algorithms uses: "
                    + String.join(
                            ", ",
                            algorithms.stream()
                                    .map(SignatureAlgorithm::getAlgorithm)
                                    .sorted()
                                    .toList()));
        }
        return key;
    }

    private static String type(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            String curve = EllipticCurves.getName(ec.getParams().getCurve());
            return curve == null ? "EC" : "EC " + curve;
        }
        return key.getAlgorithm();
    }

    private static boolean isOfFamily(PublicKey key, SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256, RS384, RS512, PS256, PS384, PS512 -> key instanceof RSAPublicKey;
            case ES256 -> type(key).equals("EC " + EllipticCurves.P_256);
            case ES384 -> type(key).equals("EC " + EllipticCurves.P_384);
            case ES512 -> type(key).equals("EC " + EllipticCurves.P_521);
            case EDDSA -> key instanceof EdECPublicKey;
            case HS256, HS384, HS512 -> false;
        };
    }

    /** Whether it is known which keys a token names, so that it can't be one that isn't known. */
    public boolean names(String id, SignatureAlgorithm algorithm) {
        return id != null && keys.stream().anyMatch(key -> id.equals(key.id()) && key.fits(algorithm));
    }

    /**
     * The keys with which a token may have been signed: those that it names, which may be several (RFC 7517, section 4.5). If there is
     * none, and for a token that names none (RFC 7515, section 4.1.4, lets it), those that can't be told from the one that was meant.
     *
     * @param id the token's {@code kid}; null if it has none
     * @return at most {@value #MOST_TRIED}, since each costs a verification, for whoever sends tokens; empty if the token's isn't there
     */
    public List<PublicKey> find(String id, SignatureAlgorithm algorithm) {
        boolean named = names(id, algorithm);
        return keys.stream()
                .filter(key -> key.fits(algorithm))
                .filter(key -> named ? id.equals(key.id()) : id == null || key.id() == null)
                .limit(MOST_TRIED)
                .map(VerificationKey::key)
                .toList();
    }
}
