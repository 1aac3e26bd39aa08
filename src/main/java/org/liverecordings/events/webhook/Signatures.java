package org.liverecordings.events.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests as Standard Webhooks says: HMAC-SHA256 of id, timestamp and body, once with each secret. */
final class Signatures {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    /** The specification's bounds. */
    private static final int MIN_BYTES = 24;

    private static final int MAX_BYTES = 64;

    private final List<SecretKeySpec> keys;

    private Signatures(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    /**
     * @param setting for the messages, which tell nothing of the secret
     * @param secrets one or several, with spaces between
     * @throws IllegalArgumentException if one isn't {@code whsec_} and Base64 of 24 to 64 bytes
     */
    static Signatures of(String setting, String secrets) {
        List<SecretKeySpec> keys = new ArrayList<>();
        for (String secret : secrets.strip().split("\\s+")) {
            byte[] key = key(secret);
            if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
                throw new IllegalArgumentException(setting + ": must be " + PREFIX + " and Base64 of " + MIN_BYTES
                        + " to " + MAX_BYTES + " bytes; of several, with a space between");
            }
            keys.add(new SecretKeySpec(key, ALGORITHM));
        }
        return new Signatures(keys);
    }

    /** Empty if it is none. */
    private static byte[] key(String secret) {
        try {
            return secret.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                    : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /**
     * The value of {@code webhook-signature}.
     *
     * @param timestamp in seconds since 1970
     */
    String of(String id, long timestamp, String body) {
        byte[] signed = (id + '.' + timestamp + '.' + body).getBytes(StandardCharsets.UTF_8);
        return keys.stream().map(key -> "v1," + signature(key, signed)).collect(Collectors.joining(" "));
    }

    private static String signature(SecretKeySpec key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
