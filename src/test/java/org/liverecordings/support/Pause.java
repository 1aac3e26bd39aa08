package org.liverecordings.support;

import java.time.Duration;

/** Lets time pass in a test where there is nothing to wait for. */
public final class Pause {

    private Pause() {}

    public static void of(Duration duration) {
        ofMillis(duration.toMillis());
    }

    public static void ofMillis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
