package org.liverecordings.api.signin.bearer;

import java.time.Duration;

/** The bounds of {@link SignInConfig}. */
final class SignInBounds {

    private static final String PREFIX = "live-recordings.sign-in.";
    private static final int LARGEST_CACHE = 1_000_000;

    private SignInBounds() {}

    /**
     * @throws IllegalArgumentException if a setting is out of bounds; the message names it
     */
    static void check(SignInConfig config) {
        between("keys-refresh", config.keysRefresh(), Duration.ofSeconds(10), Duration.ofDays(1));
        between("keys-keep", config.keysKeep(), config.keysRefresh(), Duration.ofDays(30));
        between("keys-pause", config.keysPause(), Duration.ofSeconds(1), config.keysRefresh());
        if (config.tokenCache() < 0 || config.tokenCache() > LARGEST_CACHE) {
            throw new IllegalArgumentException(
                    PREFIX + "token-cache: " + config.tokenCache() + " is not between 0 and " + LARGEST_CACHE);
        }
    }

    private static void between(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    PREFIX + name + ": " + value + " is not between " + least + " and " + most);
        }
    }
}
