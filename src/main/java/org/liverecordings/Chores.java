package org.liverecordings;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.liverecordings.log.LogText;
import org.liverecordings.recording.store.StoreUnavailableException;

/** What is done again and again beside the requests. A failure is logged, and the next time comes all the same. */
final class Chores {

    private static final Logger LOG = Logger.getLogger(Chores.class);

    private static final Duration SOON = Duration.ofMinutes(1);

    private final ScheduledExecutorService threads;

    Chores() {
        // One for each, so that a reconciler that waits for its recorder doesn't keep the lines from being refreshed.
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(5, work -> {
            Thread thread = new Thread(work, "chores");
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
        this.threads = pool;
    }

    /**
     * Does the work after each interval, counted from its end. For the first time it does so soon: with long intervals, a process
     * that doesn't live long would never get to it.
     */
    void every(Duration interval, String name, Runnable work) {
        LOG.infof("scheduled %s interval=%s", name, interval);
        threads.scheduleWithFixedDelay(
                () -> attempt(name, work),
                Math.min(interval.toMillis(), SOON.toMillis()),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Does the work once, as soon as a thread is free. */
    void soon(String name, Runnable work) {
        threads.execute(() -> attempt(name, work));
    }

    private static void attempt(String name, Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            LOG.warnf("put off %s cause=%s", name, LogText.quote(String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            // Whatever gets out of here ends the chore for good, and without a word.
            LOG.errorf(e, "failed %s", name);
        }
    }

    void end() {
        threads.shutdownNow();
    }
}
