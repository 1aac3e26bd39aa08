package org.liverecordings.recording.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.liverecordings.recording.Deadline;

/** Waits between two looks at what another request holds: briefly at first, since most requests end at once. */
public final class Polling {

    private static final int FIRST_MILLIS = 4;
    private static final int LAST_MILLIS = 64;
    private static final Duration BRIEFLY = Duration.ofSeconds(1);

    private final Deadline deadline;
    private int millis = FIRST_MILLIS;

    /** Never null. */
    public Polling(Deadline deadline) {
        this.deadline = deadline;
    }

    /** For a store that didn't answer: a broken connection is replaced at once, and one that is away must not keep a client waiting. */
    public static Polling briefly() {
        return new Polling(Deadline.after(BRIEFLY));
    }

    /** Whether there may be another look: neither is the deadline over nor the thread interrupted. */
    public boolean mayGoOn() {
        return !deadline.isOver() && !Thread.currentThread().isInterrupted();
    }

    /** Waits, but not longer than to the deadline. */
    public void pause() {
        try {
            // Many who wait for one request mustn't look all at the same moment.
            long pause = ThreadLocalRandom.current().nextLong(millis / 2, millis + 1L);
            Thread.sleep(Math.min(pause, deadline.left().toMillis() + 1));
            millis = Math.min(LAST_MILLIS, 2 * millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
