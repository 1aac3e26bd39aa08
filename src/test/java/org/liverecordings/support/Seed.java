package org.liverecordings.support;

import java.util.concurrent.ThreadLocalRandom;

/** Where a random test begins: anywhere, unless {@code -Dtest.seed=…} or the environment's {@code TEST_SEED} says where. */
public final class Seed {

    private Seed() {}

    /** A seed for this test, printed. A failure's message should name it with {@link #hint}. */
    public static long of(Class<?> test) {
        String given = System.getProperty("test.seed", System.getenv("TEST_SEED"));
        long seed = given == null ? ThreadLocalRandom.current().nextLong() : Long.parseLong(given);
        System.out.println(test.getSimpleName() + ": " + hint(seed));
        return seed;
    }

    /** How to begin there again. */
    public static String hint(long seed) {
        return "-Dtest.seed=" + seed;
    }
}
