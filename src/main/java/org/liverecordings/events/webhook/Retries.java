package org.liverecordings.events.webhook;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often to try again.
 *
 * @param first after the first attempt
 * @param longest at most, not below the first
 * @param giveUpAfter counted from the first attempt
 */
record Retries(Duration first, Duration longest, Duration giveUpAfter) {

    /**
     * The pause after so many attempts: twice as long each time, and up to half of it less, so that endpoints don't go in step. The last
     * attempt comes when it is time to give up.
     *
     * @param tried since the first attempt
     * @return zero if it is time to give up
     */
    Duration pause(int attempts, Duration tried) {
        Duration left = giveUpAfter.minus(tried);
        if (left.isNegative() || left.isZero()) {
            return Duration.ZERO;
        }
        Duration doubled = first.multipliedBy(1L << Math.min(attempts - 1, 30));
        long millis = Math.max(1, (doubled.compareTo(longest) > 0 ? longest : doubled).toMillis());
        Duration pause = Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        return pause.compareTo(left) < 0 ? pause : left;
    }
}
