package requests;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** An identity provider's keys, and what it signs with them. */
final class Credentials {

    static final String ISSUER = "bench";

    private final KeyPair rsa = keys("RSA", 2048);
    private final KeyPair ec = keys("EC", 256);

    Credentials() throws GeneralSecurityException {}

    private static KeyPair keys(String algorithm, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    /** A token of level 10. */
    String rs256(Duration validFor) throws GeneralSecurityException {
        return token("RS256", "SHA256withRSA", rsa, validFor);
    }

    /** A token of level 10. */
    String es256(Duration validFor) throws GeneralSecurityException {
        return token("ES256", "SHA256withECDSAinP1363Format", ec, validFor);
    }

    private static String token(String algorithm, String signing, KeyPair keys, Duration validFor)
            throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String unsigned = base64("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + algorithm + "\",\"typ\":\"JWT\"}") + "."
                + base64("{\"iss\":\"" + ISSUER + "\",\"upn\":\"alice\",\"groups\":[\"call-recording-lv10\"],\"iat\":"
                        + (now - 7200) + ",\"exp\":" + (now + validFor.toSeconds()) + "}");
        Signature signature = Signature.getInstance(signing);
        signature.initSign(keys.getPrivate());
        signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
        return unsigned + "." + base64(signature.sign());
    }

    /** Writes the public keys, as a JWKS. */
    Path writeKeys(Path file) throws IOException {
        RSAPublicKey r = (RSAPublicKey) rsa.getPublic();
        ECPublicKey e = (ECPublicKey) ec.getPublic();
        return Files.writeString(
                file,
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"RS256\",\"use\":\"sig\",\"n\":\"" + base64(r.getModulus(), 256)
                        + "\",\"e\":\"" + base64(r.getPublicExponent(), 3)
                        + "\"},{\"kty\":\"EC\",\"kid\":\"ES256\",\"use\":\"sig\",\"crv\":\"P-256\",\"x\":\""
                        + base64(e.getW().getAffineX(), 32) + "\",\"y\":\"" + base64(e.getW().getAffineY(), 32) + "\"}]}");
    }

    private static String base64(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int skipped = Math.max(0, bytes.length - length);
        byte[] digits = Arrays.copyOfRange(bytes, skipped, bytes.length);
        System.arraycopy(digits, 0, fixed, length - digits.length, digits.length);
        return base64(fixed);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
