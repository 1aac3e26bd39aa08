package org.liverecordings.wiring.recorders;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.reconcile.Reconciler;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.stop.RegistryStopRecording;
import org.liverecordings.text.Words;
import org.liverecordings.wiring.ScheduledJobs;
import org.liverecordings.wiring.stores.Stores;

/** Runs the reconciler, and logs what it changed. */
@Singleton
class Reconciliation {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    /** How many entries the recorder is asked for at once: few beside what the guard lets through, so that stops come first. */
    private static final int AT_ONCE = 20;

    /** How long after its deadline a start's request may still be writing that it began, by clocks that differ. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(5);

    private final ReconcilerConfig config;
    private final Deadline.Limit limit;
    private final Stores stores;
    private final ScheduledJobs jobs;
    private Reconciler reconciler;

    Reconciliation(ReconcilerConfig config, Deadline.Limit limit, Stores stores, ScheduledJobs jobs) {
        this.config = config;
        this.limit = limit;
        this.stores = stores;
        this.jobs = jobs;
    }

    /**
     * To be called once, before anything else.
     *
     * @param unsettledOnly as {@link Reconciler.Settings} says
     */
    void schedule(CallRecorder recorder, boolean unsettledOnly) {
        reconciler = new Reconciler(
                stores.registry(),
                stores.leases(),
                recorder,
                stores.unitOfWork(),
                stores.events(),
                stores.jobLeases(),
                new Reconciler.Settings(
                        unsettledOnly,
                        limit.perRequest().plus(RegistryStopRecording.START_MARGIN),
                        limit.perRequest().plus(CONFIRMATION),
                        Reconciler.Settings.lease(config.interval(), limit.perRequest()),
                        AT_ONCE),
                InstantSource.system());
        jobs.add("reconciler", config.interval(), this::run);
    }

    /**
     * Checks recordings whose end the recorder reported.
     *
     * @param removed hears of each that nobody had stopped
     * @return those to be checked again soon, as {@link Reconciler#checkEnded} says
     * @throws org.liverecordings.recording.store.StoreUnavailableException if the registry can't be reached
     */
    List<RecordingId> checkEnded(Collection<RecordingId> ended, Consumer<RecordingId> removed) {
        return reconciler.checkEnded(ended, (recording, change) -> {
            logChange(recording, change);
            if (change == Reconciler.Change.REMOVED) {
                removed.accept(recording);
            }
        });
    }

    /**
     * Checks all of these, since what the recorder told of them may have got lost.
     *
     * @throws org.liverecordings.recording.store.StoreUnavailableException if the registry can't be reached
     */
    void check(Predicate<LiveRecording> which) {
        reconciler.check(which, Reconciliation::logChange);
    }

    private void run() {
        long started = System.nanoTime();
        reconciler.run(Reconciliation::logChange).ifPresent(report -> {
            boolean quiet = report.changes().isEmpty() && report.unanswered() == 0;
            LOG.logf(
                    quiet ? Logger.Level.DEBUG : Logger.Level.INFO,
                    "reconciled checked=%d changed=%d unanswered=%d durationMs=%d",
                    report.checked(),
                    report.changes().size(),
                    report.unanswered(),
                    Duration.ofNanos(System.nanoTime() - started).toMillis());
        });
    }

    private static void logChange(RecordingId recording, Reconciler.Change change) {
        LOG.infof("reconciled recording=%s change=%s", recording, Words.of(change));
    }
}
