package org.liverecordings.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import org.jboss.logging.Logger;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.text.LogText;

/**
 * What runs again and again beside the requests. A failure is logged, and the next run comes all the same.
 *
 * <p>The JDK's executor is all that a fixed delay takes; quarkus-scheduler would bring its cron parser to every start.
 */
@Singleton
class ScheduledJobs {

    private static final Logger LOG = Logger.getLogger(ScheduledJobs.class);

    /** With a long interval, a process that lives only for minutes would never get to its first run. */
    private static final Duration LATEST_FIRST_RUN = Duration.ofMinutes(1);

    private final List<Job> jobs = new ArrayList<>();
    private ScheduledThreadPoolExecutor threads;

    private record Job(String name, Duration interval, Runnable work) {}

    /**
     * Adds a job that runs after each interval, counted from the end of the run before. It runs from {@link #start} on.
     *
     * @param name for the log
     * @param interval above zero
     */
    void add(String name, Duration interval, Runnable work) {
        jobs.add(new Job(name, interval, work));
    }

    /** To be called once, when everything that the jobs need is there. */
    void start() {
        if (jobs.isEmpty()) {
            return;
        }
        // A thread for each, so that a reconciler that waits for its recorder doesn't keep the lines from being
        // refreshed.
        threads = new ScheduledThreadPoolExecutor(jobs.size(), work -> {
            Thread thread = new Thread(work, "scheduled-job");
            thread.setDaemon(true);
            return thread;
        });
        for (Job job : jobs) {
            LOG.infof("scheduled job=%s interval=%s", LogText.quote(job.name), job.interval);
            long interval = job.interval.toMillis();
            threads.scheduleWithFixedDelay(
                    () -> run(job), Math.min(interval, LATEST_FIRST_RUN.toMillis()), interval, TimeUnit.MILLISECONDS);
        }
    }

    private static void run(Job job) {
        try {
            job.work.run();
        } catch (StoreUnavailableException e) {
            LOG.warnf(
                    "put off job=%s cause=%s", LogText.quote(job.name), LogText.quote(String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            // Whatever gets out of here ends the job for good, and without a word.
            LOG.errorf(e, "failed job=%s", LogText.quote(job.name));
        }
    }

    void end(@Observes ShutdownEvent event) {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
