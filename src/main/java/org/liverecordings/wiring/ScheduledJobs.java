package org.liverecordings.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import org.jboss.logging.Logger;
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.text.LogText;

/**
 * What runs beside the requests, most of it again and again. A failure is logged, and the next run comes all the same.
 *
 * <p>The JDK's executor is all that a fixed delay takes. With quarkus-scheduler a native start took 42 ms instead of 35.
 */
@Singleton
public class ScheduledJobs {

    private static final Logger LOG = Logger.getLogger(ScheduledJobs.class);

    /** With a long interval, a process that lives only for minutes would never get to its first run. */
    private static final Duration LATEST_FIRST_RUN = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final List<Job> jobs = new ArrayList<>();

    private int onDemand;

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
    public void add(String name, Duration interval, Runnable work) {
        jobs.add(new Job(name, interval, work));
    }

    /**
     * Adds a sweep, which one replica at a time does for all.
     *
     * @param what is swept: for the log, and the name of the job's lease
     * @param batch as {@link JobLeases#inBatches} says
     */
    public void addSweep(String what, Duration interval, JobLeases leases, IntSupplier batch) {
        add("sweep of " + what, interval, () -> leases.inBatches(what, interval, batch));
    }

    /** To be called once, when everything that the jobs need is there. */
    public void start() {
        // A thread for each, so that a reconciler that waits for its recorder doesn't keep the lines from being
        // refreshed; nor a telephone system that is out of reach another one's events from being heard.
        threads.setCorePoolSize(Math.max(1, jobs.size() + onDemand));
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

    /** The same job, but one that failed is tried again no sooner than in a second, and the log says no oftener that it did. */
    public static Runnable patient(Runnable job) {
        AtomicLong notBefore = new AtomicLong(System.nanoTime());
        return () -> {
            if (System.nanoTime() - notBefore.get() < 0) {
                return;
            }
            try {
                job.run();
            } catch (RuntimeException e) {
                notBefore.set(System.nanoTime() + PAUSE.toNanos());
                throw e;
            }
        };
    }

    /**
     * Adds work that is done soon after it was asked for, never twice at once. However often it is asked for meanwhile, it is done once
     * more.
     *
     * @param name for the log
     * @return asks for it; never blocks
     */
    public Runnable onDemand(String name, Runnable work) {
        onDemand++;
        AtomicInteger asked = new AtomicInteger();
        return () -> {
            if (asked.getAndIncrement() == 0) {
                threads.execute(() -> {
                    int done;
                    do {
                        done = asked.get();
                        run(name, work);
                    } while (asked.addAndGet(-done) > 0);
                });
            }
        };
    }

    private static void run(String name, Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            LOG.warnf("put off job=%s cause=%s", LogText.quote(name), LogText.quoteMessage(e));
        } catch (RuntimeException | Error e) {
            // Whatever gets out of here ends the job for good, and without a word.
            LOG.errorf(e, "failed job=%s", LogText.quote(name));
        }
    }

    void end(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }
}
