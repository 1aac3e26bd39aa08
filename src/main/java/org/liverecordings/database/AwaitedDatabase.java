package org.liverecordings.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.text.LogText;

/**
 * Does what a start needs of the database, again while that is away: whoever starts during a failover, or from zero because somebody
 * calls, must not end for that.
 */
public final class AwaitedDatabase {

    private static final Logger LOG = Logger.getLogger(AwaitedDatabase.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Duration timeout;

    /**
     * @param timeout how long after the first failure of some work to try it again; with zero it isn't
     */
    public AwaitedDatabase(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Does the work, again if the database is away. What else goes wrong with it, such as a missing table, is thrown as it is.
     *
     * @param work has no effect if it fails, or can be done again
     * @throws IllegalStateException if the database stays away, or turns us away
     */
    public <T> T call(Supplier<T> work) {
        long firstFailure = 0;
        for (int tries = 1; ; tries++) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                SQLException cause = cause(e);
                if (cause == null || !SqlStates.isUnavailable(cause)) {
                    throw e instanceof StoreUnavailableException
                            ? new IllegalStateException("can't use the database: " + line(e), e)
                            : e;
                }
                long now = System.nanoTime();
                firstFailure = tries == 1 ? now : firstFailure;
                if (now - firstFailure >= timeout.toNanos()) {
                    throw new IllegalStateException(
                            "the database isn't ready, tries=" + tries + " (live-recordings.database.start-timeout="
                                    + timeout + "): " + line(cause),
                            e);
                }
                LOG.warnf("waiting for the database try=%d cause=%s", tries, LogText.quoteMessage(cause));
                pause();
            }
        }
    }

    /** As {@link #call}. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    private static SQLException cause(Throwable e) {
        Throwable cause = e;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return (SQLException) cause;
    }

    private static String line(Throwable e) {
        return String.valueOf(e.getMessage()).replaceAll("\\R", " ");
    }

    /** A process that is told to end meanwhile waits for its start to end first. */
    private static void pause() {
        Thread end = new Thread(Thread.currentThread()::interrupt);
        try {
            Runtime.getRuntime().addShutdownHook(end);
            Thread.sleep(PAUSE.toMillis());
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
    }
}
