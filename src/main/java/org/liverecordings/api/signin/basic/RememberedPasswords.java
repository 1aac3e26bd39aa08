package org.liverecordings.api.signin.basic;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Passwords that were right, for a minute: a client that signs in with each request would get no more than a dozen through in a
 * second otherwise. Kept is an HMAC under a key that lives and dies with this process. The hash in the users file is part of it, so
 * that a changed password counts at once.
 */
final class RememberedPasswords {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final Cache<String, byte[]> macs =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();
    private final SecretKeySpec key;

    RememberedPasswords() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    /** Whether this password was right a moment ago; false says nothing. */
    boolean knows(BasicUsers users, String name, String password) {
        byte[] known = macs.getIfPresent(name);
        Optional<String> hash = users.hash(name);
        return known != null && hash.isPresent() && MessageDigest.isEqual(known, mac(name, hash.get(), password));
    }

    /** Remembers a right password. */
    void add(BasicUsers users, String name, String password) {
        users.hash(name).ifPresent(hash -> macs.put(name, mac(name, hash, password)));
    }

    private byte[] mac(String name, String hash, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(hash.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
