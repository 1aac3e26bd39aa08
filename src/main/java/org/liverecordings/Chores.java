package org.liverecordings;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.liverecordings.log.LogText;
import org.liverecordings.recording.StoreUnavailableException;

/** What is done again and again beside the requests. A failure is logged, and the next time comes all the same. */
final class Chores {

    private static final Logger LOG = Logger.getLogger(Chores.class);

    private final ScheduledExecutorService threads;

    Chores() {
        // Two, so that a reconciler that waits for its recorder doesn't keep the lines from being refreshed.
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(2, work -> {
            Thread thread = new Thread(work, "chores");
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
        this.threads = pool;
    }

    /** Does the work after each interval, counted from its end. */
    void every(Duration interval, String name, Runnable work) {
        LOG.infof("scheduled %s interval=%s", name, interval);
        threads.scheduleWithFixedDelay(
                () -> attempt(name, work), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void attempt(String name, Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            LOG.warnf("put off %s cause=%s", name, LogText.quote(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.errorf(e, "failed %s", name);
        }
    }

    void end() {
        threads.shutdownNow();
    }
}
