package org.liverecordings.support;

import java.util.concurrent.CountDownLatch;

/** Waits in a test for what another thread does; the test's own time limit ends it. */
public final class Latches {

    private Latches() {}

    /** Ends early if the thread is interrupted, and leaves it so. */
    public static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
