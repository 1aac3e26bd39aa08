package org.liverecordings.wiring.recorders;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import org.jboss.logging.Logger;
import org.liverecordings.metrics.TimerMeters;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.pause.PauseRequest;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.stop.StopRequest;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.timer.DueTimers;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.text.LogText;
import org.liverecordings.text.Words;
import org.liverecordings.wiring.LiveRecordingsConfig;
import org.liverecordings.wiring.ScheduledJobs;
import org.liverecordings.wiring.TimersConfig;
import org.liverecordings.wiring.stores.Stores;

/** Has timers carried out when they are due, and tells what requests don't. */
@Singleton
class TimerJobs {

    private static final Logger LOG = Logger.getLogger(TimerJobs.class);

    private final TimersConfig config;
    private final LiveRecordingsConfig service;
    private final TimerRules rules;
    private final Stores stores;
    private final Deadline.Limit limit;
    private final ScheduledJobs jobs;
    private final TimerMeters meters;
    private DueTimers due;

    /** Threads as they are needed, which are never many. What comes after their end isn't done; another replica does it. */
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            TimerJobs::thread,
            new ThreadPoolExecutor.DiscardPolicy());

    TimerJobs(
            TimersConfig config,
            LiveRecordingsConfig service,
            TimerRules rules,
            Stores stores,
            Deadline.Limit limit,
            ScheduledJobs jobs,
            TimerMeters meters) {
        this.config = config;
        this.service = service;
        this.rules = rules;
        this.stores = stores;
        this.limit = limit;
        this.jobs = jobs;
        this.meters = meters;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "timer");
        thread.setDaemon(true);
        return thread;
    }

    /** To be called once. */
    void schedule(UseCases useCases) {
        Duration lease = AuditedRequests.lease(limit.begin());
        due = new DueTimers(rules, new ByUseCases(useCases), new InTheLog(), limit, lease, threads);
        jobs.add("timers", config.poll(), ScheduledJobs.patient(due::look));
    }

    /** What has begun has the time that a request has, to be settled. */
    void end(@Observes ShutdownEvent event) throws InterruptedException {
        if (due != null) {
            due.end();
        }
        threads.shutdown();
        threads.awaitTermination(limit.perRequest().toMillis(), TimeUnit.MILLISECONDS);
        threads.shutdownNow();
    }

    private final class ByUseCases implements DueTimers.Actions {

        private final UseCases useCases;

        ByUseCases(UseCases useCases) {
            this.useCases = useCases;
        }

        @Override
        public void resume(Caller caller, RecordingId recording, String why) {
            useCases.pause()
                    .pause(PauseRequest.resumeById(caller, recording.toString()).because(why));
        }

        /** A recording that the recorder has already stopped is left for the caller who asked for the stop. */
        @Override
        public void stop(Caller caller, RecordingId recording, String why) {
            if (Stores.entriesDecide(service)
                    && stores.registry()
                            .find(recording)
                            .filter(LiveRecording::isLive)
                            .isEmpty()) {
                throw new NoLiveRecordingException();
            }
            useCases.stop().stop(StopRequest.byId(caller, recording.toString()).because(why));
        }

        /** If the recorder doesn't say, the recording counts as paused. */
        @Override
        public boolean isPaused(Caller caller, RecordingId recording) {
            Optional<ListedRecording> listed = useCases.list().find(caller, recording);
            return listed.isPresent() && !Boolean.FALSE.equals(listed.get().paused());
        }
    }

    private final class InTheLog implements DueTimers.Listener {

        @Override
        public void failed(Timers.Due timer, RuntimeException failure, Duration delay) {
            meters.failed();
            LOG.warnf(
                    "put off timer=%s recording=%s attempts=%d again=%s setBy=%s correlationId=%s cause=%s",
                    Words.of(timer.action()),
                    timer.recording(),
                    timer.attempts(),
                    delay,
                    LogText.quote(timer.user()),
                    LogText.quote(timer.correlationId()),
                    LogText.quoteMessage(failure));
        }

        @Override
        public void pausedTooLong(Timers.Due timer) {
            meters.pausedTooLong();
            LOG.warnf(
                    "paused too long recording=%s since=%s pausedBy=%s correlationId=%s",
                    timer.recording(),
                    rules.longestPause()
                            .map(pause -> timer.dueAt().minus(pause.after()))
                            .orElse(null),
                    LogText.quote(timer.user()),
                    LogText.quote(timer.correlationId()));
        }
    }
}
