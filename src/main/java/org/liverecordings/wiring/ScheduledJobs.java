package org.liverecordings.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import org.jboss.logging.Logger;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.text.LogText;

/**
 * What runs beside the requests, most of it again and again. A failure is logged, and the next run comes all the same.
 *
 * <p>The JDK's executor is all that a fixed delay takes; quarkus-scheduler would bring its cron parser to every start.
 */
@Singleton
class ScheduledJobs {

    private static final Logger LOG = Logger.getLogger(ScheduledJobs.class);

    /** With a long interval, a process that lives only for minutes would never get to its first run. */
    private static final Duration LATEST_FIRST_RUN = Duration.ofMinutes(1);

    private final List<Job> jobs = new ArrayList<>();

    /** It makes its threads as they are needed. What comes after its end isn't done. */
    private final ScheduledThreadPoolExecutor threads =
            new ScheduledThreadPoolExecutor(1, ScheduledJobs::thread, new ThreadPoolExecutor.DiscardPolicy());

    private record Job(String name, Duration interval, Runnable work) {}

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "scheduled-job");
        thread.setDaemon(true);
        return thread;
    }

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
        // A thread for each, so that a reconciler that waits for its recorder doesn't keep the lines from being
        // refreshed; and one for what comes in between.
        threads.setCorePoolSize(jobs.size() + 1);
        for (Job job : jobs) {
            LOG.infof("scheduled job=%s interval=%s", LogText.quote(job.name), job.interval);
            long interval = job.interval.toMillis();
            threads.scheduleWithFixedDelay(
                    () -> run(job.name, job.work),
                    Math.min(interval, LATEST_FIRST_RUN.toMillis()),
                    interval,
                    TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Does work once, as soon as a thread is free.
     *
     * @param name for the log
     */
    void soon(String name, Runnable work) {
        threads.execute(() -> run(name, work));
    }

    private static void run(String name, Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            LOG.warnf("put off job=%s cause=%s", LogText.quote(name), LogText.quote(String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            // Whatever gets out of here ends the job for good, and without a word.
            LOG.errorf(e, "failed job=%s", LogText.quote(name));
        }
    }

    void end(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }
}
