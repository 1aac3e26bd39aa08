package org.liverecordings.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;

/** The key of the tests' identity provider, and tokens signed with it. */
public final class TestTokens {

    public static final String ISSUER = "https://idp.example.com";

    /**
     * Test resources and tests have class loaders of their own, and must agree on the key. All keys are made once: with its first
     * compiler alone, a JVM takes seconds for each.
     */
    private static final String SHARED = TestTokens.class.getName() + ".";

    private static final KeyPair KEYS = shared("ours", 2048);

    /** Tokens by user and groups. To sign one takes a JVM without its second compiler longer than most of what is tested with it. */
    private static final Map<List<?>, String> SIGNED = new ConcurrentHashMap<>();

    private TestTokens() {}

    /**
     * Keys of nobody in particular.
     *
     * @param which from 0: each number has its own, the same ones each time
     */
    public static KeyPair otherKeys(int which) {
        return shared("other" + which, 2048);
    }

    /** Keys that are too short to be accepted. */
    public static KeyPair shortKeys() {
        return shared("short", 1024);
    }

    /** As text, since there are libraries that take every system property for one. */
    private static KeyPair shared(String name, int bits) {
        String shared = (String) System.getProperties().computeIfAbsent(SHARED + name, key -> text(newKeys(bits)));
        String[] halves = shared.split(" ");
        Base64.Decoder decoder = Base64.getDecoder();
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(decoder.decode(halves[0]))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(halves[1]))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(KeyPair keys) {
        Base64.Encoder encoder = Base64.getEncoder();
        return encoder.encodeToString(keys.getPublic().getEncoded())
                + " "
                + encoder.encodeToString(keys.getPrivate().getEncoded());
    }

    public static KeyPair keys() {
        return KEYS;
    }

    /** The public key as the value of a property. */
    public static String publicKey() {
        return Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
    }

    /** A file with the public key, which lives as long as the JVM. */
    public static Path publicKeyFile() {
        try {
            Path file = Files.createTempFile("live-recordings-key", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(
                    file,
                    "-----BEGIN PUBLIC KEY-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(KEYS.getPublic().getEncoded())
                            + "\n-----END PUBLIC KEY-----\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token of this user, whose Call Recording level is the given one. */
    public static String level(String user, int level) {
        return groups(user, "call-recording-lv" + level);
    }

    /** A token of this user, who is in these groups: the same one each time. */
    public static String groups(String user, String... groups) {
        return SIGNED.computeIfAbsent(
                List.of(user, List.of(groups)), key -> claims(user, groups).sign(KEYS.getPrivate()));
    }

    /** A token that may stop recordings. */
    public static String complete() {
        return level("alice", 10);
    }

    /** Claims that would be accepted if they were signed with {@link #keys()}. */
    public static JwtClaimsBuilder claims(String user, String... groups) {
        return Jwt.issuer(ISSUER)
                .upn(user)
                .subject(user)
                .groups(java.util.Set.of(groups))
                .expiresIn(Duration.ofHours(8));
    }

    /** A token of exactly this header and these claims, whatever they are, signed with {@link #keys()}. */
    public static String rs256(String header, String claims) {
        return rs256(KEYS, header, claims);
    }

    /** A token of exactly this header and these claims, whatever they are. */
    public static String rs256(KeyPair keys, String header, String claims) {
        String signed =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
