package org.liverecordings.api.signin.bearer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.security.identity.SecurityIdentity;
import org.liverecordings.api.signin.keys.IssuerKeys;
import org.liverecordings.api.signin.keys.KeySet;
import org.liverecordings.metrics.SignInMeters;
import org.liverecordings.text.Sha256;

/**
 * Who was found in tokens that have been verified, since a program sends the same one with each request. Kept is a token's digest,
 * not the token; only what was let in; for a minute, and no longer than the token lives and its key is known.
 */
final class VerifiedTokens {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Cache<ByteBuffer, Entry> entries;
    private final SignInMeters meters;
    private final LongSupplier clock;

    private record Entry(SecurityIdentity caller, long expiresMillis, IssuerKeys issuer, KeySet keys) {}

    /**
     * @param size at most so many; 0 for none
     * @param clock as {@link System#currentTimeMillis}
     */
    VerifiedTokens(int size, SignInMeters meters, LongSupplier clock) {
        this.entries = size == 0
                ? null
                : Caffeine.newBuilder()
                        .maximumSize(size)
                        .expireAfterWrite(LONGEST)
                        .build();
        this.meters = meters;
        this.clock = clock;
    }

    /** Whose token it is; null if that must be found out anew. */
    SecurityIdentity find(String token) {
        SecurityIdentity known = known(token);
        meters.lookedUp(known != null);
        return known;
    }

    private SecurityIdentity known(String token) {
        if (entries == null) {
            return null;
        }
        ByteBuffer digest = digest(token);
        Entry entry = entries.getIfPresent(digest);
        if (entry == null) {
            return null;
        }
        // The keys are compared, and not only thrown out with the old ones: what was being verified meanwhile comes
        // later.
        if (clock.getAsLong() >= entry.expiresMillis() || entry.issuer().current() != entry.keys()) {
            entries.invalidate(digest);
            return null;
        }
        return entry.caller();
    }

    /**
     * Remembers a token that was verified.
     *
     * @param keys those of the issuer that it was verified with
     */
    void add(String token, SecurityIdentity caller, long expiresMillis, IssuerKeys issuer, KeySet keys) {
        if (entries != null) {
            entries.put(digest(token), new Entry(caller, expiresMillis, issuer, keys));
        }
    }

    private static ByteBuffer digest(String token) {
        return ByteBuffer.wrap(Sha256.of(token));
    }
}
