package org.liverecordings.api.signin.basic;

import java.time.Duration;

/** The bounds of {@link BasicConfig}. */
final class BasicBounds {

    private static final String PREFIX = "live-recordings.basic.";

    private BasicBounds() {}

    /**
     * @throws IllegalArgumentException if a setting is out of bounds; the message names it
     */
    static void check(BasicConfig config) {
        between("users-refresh", config.usersRefresh(), Duration.ofSeconds(1), Duration.ofHours(1));
        between("checks", config.checks().orElse(1), 1, 64);
        BasicConfig.Failures failures = config.failures();
        between("failures.per-name", failures.perName(), 1, 1_000);
        between("failures.per-address", failures.perAddress(), 1, 100_000);
        between("failures.delay", failures.delay(), Duration.ofMillis(100), Duration.ofHours(1));
        between("failures.longest-delay", failures.longestDelay(), failures.delay(), Duration.ofDays(1));
    }

    private static <T extends Comparable<T>> void between(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    PREFIX + name + ": " + value + " is not between " + least + " and " + most);
        }
    }
}
