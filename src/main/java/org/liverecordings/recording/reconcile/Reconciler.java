package org.liverecordings.recording.reconcile;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnitOfWork;

/**
 * Brings the registry in line with the recorder: entries that the recorder no longer knows disappear, and starts that are pending get
 * their truth.
 *
 * <p>It asks the recorder first and looks at the leases after that. A stop that the recorder has carried out has a lease or has removed
 * the entry, and entries with a lease are left alone, so that whoever repeats the stop is told of it.
 */
public final class Reconciler {

    private static final String JOB = "reconciler";

    private final LiveRecordingRepository registry;
    private final StopLeases leases;
    private final CallRecorder recorder;
    private final UnitOfWork unitOfWork;
    private final JobLeases jobLeases;
    private final Settings settings;
    private final InstantSource clock;

    /** None is null. */
    public Reconciler(
            LiveRecordingRepository registry,
            StopLeases leases,
            CallRecorder recorder,
            UnitOfWork unitOfWork,
            JobLeases jobLeases,
            Settings settings,
            InstantSource clock) {
        this.registry = registry;
        this.leases = leases;
        this.recorder = recorder;
        this.unitOfWork = unitOfWork;
        this.jobLeases = jobLeases;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * How to go about it.
     *
     * @param unsettledOnly whether other entries need no look: the registry is the recorder's only truth
     * @param grace how long a pending start is left alone, since its request may still be on its way
     * @param lease after which another replica may take over
     * @param atOnce how many entries the recorder is asked for at once
     */
    public record Settings(boolean unsettledOnly, Duration grace, Duration lease, int atOnce) {

        /**
         * A lease that outlives both the pause between two runs and a recorder that takes its time, so that two replicas don't
         * work at once.
         *
         * @param interval how often it looks
         * @param answer how long the recorder may take at most
         */
        public static Duration lease(Duration interval, Duration answer) {
            return (interval.compareTo(answer) > 0 ? interval : answer).multipliedBy(2);
        }
    }

    /** What became of an entry. */
    public enum Change {
        /** The recorder no longer knew it. */
        REMOVED,
        /** The recorder knew nothing of it after its start was asked for. */
        START_FAILED,
        /** The recorder confirmed that it is recording. */
        STARTED,
        /** The recorder paused or resumed it without having confirmed that when it was asked. */
        CORRECTED
    }

    /**
     * What was done.
     *
     * @param checked how many entries the recorder was asked for
     * @param unanswered for how many of them it gave no answer; they stay as they are
     */
    public record Report(int checked, int unanswered, Map<RecordingId, Change> changes) {}

    /**
     * Goes through the registry once, as long as no other replica takes over.
     *
     * @param told hears of each change once it has taken effect, whatever ends the run afterwards
     * @return empty if another replica does this job
     * @throws StoreUnavailableException if the registry can't be reached; what was done stays done
     */
    public Optional<Report> run(BiConsumer<RecordingId, Change> told) {
        if (!jobLeases.hold(JOB, settings.lease())) {
            return Optional.empty();
        }
        Run run = new Run(told);
        if (settings.unsettledOnly()) {
            List<LiveRecording> entries = registry.findUnsettled();
            for (int i = 0; i < entries.size() && jobLeases.hold(JOB, settings.lease()); i += settings.atOnce()) {
                run.check(entries.subList(i, Math.min(entries.size(), i + settings.atOnce())));
            }
        } else {
            List<LiveRecording> page = registry.findAfter(null, settings.atOnce());
            while (!page.isEmpty() && jobLeases.hold(JOB, settings.lease())) {
                run.check(page);
                page = registry.findAfter(page.get(page.size() - 1).id(), settings.atOnce());
            }
        }
        return Optional.of(new Report(run.checked, run.unanswered, Map.copyOf(run.changes)));
    }

    /**
     * Asks the recorder for one recording, since it told that it is over. Whoever holds the reconciler's lease is about something else.
     *
     * @param told hears of the change once it has taken effect
     * @throws StoreUnavailableException if the registry can't be reached
     */
    public void check(RecordingId id, BiConsumer<RecordingId, Change> told) {
        registry.find(id).ifPresent(entry -> new Run(told).check(List.of(entry)));
    }

    /**
     * Asks the recorder for all of these, since what it told of them may have got lost. Whoever holds the reconciler's lease is about
     * something else.
     *
     * @param told hears of each change once it has taken effect, whatever ends the run afterwards
     * @throws StoreUnavailableException if the registry can't be reached; what was done stays done
     */
    public void check(Predicate<LiveRecording> which, BiConsumer<RecordingId, Change> told) {
        Run run = new Run(told);
        List<LiveRecording> entries = registry.findAll().stream().filter(which).toList();
        for (int i = 0; i < entries.size(); i += settings.atOnce()) {
            run.check(entries.subList(i, Math.min(entries.size(), i + settings.atOnce())));
        }
    }

    private final class Run {

        private final BiConsumer<RecordingId, Change> told;
        private final Map<RecordingId, Change> changes = new LinkedHashMap<>();
        private int checked;
        private int unanswered;

        private Run(BiConsumer<RecordingId, Change> told) {
            this.told = told;
        }

        private void check(List<LiveRecording> entries) {
            Map<LiveRecording, CompletionStage<Optional<RecordingStatus>>> asked = new LinkedHashMap<>();
            for (LiveRecording entry : entries) {
                if (isDue(entry)) {
                    asked.put(entry, recorder.status(entry.id()));
                }
            }
            checked += asked.size();
            asked.forEach((entry, answer) -> {
                Optional<RecordingStatus> status;
                try {
                    status = RecorderAnswers.await(answer);
                } catch (RecorderException e) {
                    unanswered++;
                    return;
                }
                AtomicReference<Change> change = new AtomicReference<>();
                unitOfWork.run(() -> change.set(settle(entry, status)));
                if (change.get() != null) {
                    changes.put(entry.id(), change.get());
                    told.accept(entry.id(), change.get());
                }
            });
        }

        private boolean isDue(LiveRecording entry) {
            return entry.status() != RecordingStatus.START_PENDING
                    || entry.startedAt().plus(settings.grace()).isBefore(clock.instant());
        }

        /** Returns null if everything stays as it is: if it changed since the recorder was asked, too. */
        private Change settle(LiveRecording entry, Optional<RecordingStatus> status) {
            if (leases.isOpen(entry.id())) {
                return null;
            }
            boolean startPending = entry.status() == RecordingStatus.START_PENDING;
            if (status.isEmpty()) {
                boolean removed = is(entry, registry.change(entry.id(), entry.status(), entry.status()))
                        && registry.remove(entry.id());
                return !removed ? null : startPending ? Change.START_FAILED : Change.REMOVED;
            }
            if (entry.status() == RecordingStatus.STOPPED || entry.status() == status.get()) {
                return null;
            }
            boolean changed = is(entry, registry.change(entry.id(), entry.status(), status.get()));
            return !changed ? null : startPending ? Change.STARTED : Change.CORRECTED;
        }

        private static boolean is(LiveRecording entry, Optional<RecordingStatus> status) {
            return status.isPresent() && status.get() == entry.status();
        }
    }
}
