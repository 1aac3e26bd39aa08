package org.liverecordings.recording.reconcile;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnitOfWork;

/**
 * Brings the registry in line with the recorder: entries that the recorder no longer knows disappear, and what is pending gets
 * its truth.
 *
 * <p>It asks the recorder first and looks at the pending stops after that: a stop that the recorder has carried out is either
 * noted there or has taken the entry away, so that nobody loses a confirmation that is due.
 */
public final class Reconciler {

    private static final String JOB = "reconciler";

    private final LiveRecordingRepository registry;
    private final PendingStops pending;
    private final CallRecorder recorder;
    private final UnitOfWork unitOfWork;
    private final JobLeases jobLeases;
    private final Settings settings;
    private final InstantSource clock;

    /** None is null. */
    public Reconciler(
            LiveRecordingRepository registry,
            PendingStops pending,
            CallRecorder recorder,
            UnitOfWork unitOfWork,
            JobLeases jobLeases,
            Settings settings,
            InstantSource clock) {
        this.registry = registry;
        this.pending = pending;
        this.recorder = recorder;
        this.unitOfWork = unitOfWork;
        this.jobLeases = jobLeases;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * How to go about it.
     *
     * @param pendingOnly whether entries that aren't pending need no look: the registry is the recorder's only truth
     * @param grace how long what is pending is left alone, since its request may still be on its way
     * @param keep how long a <em>stop pending</em> entry that the recorder no longer knows stays, so that whoever repeats the stop
     *     gets the confirmation
     * @param lease after which another replica may take over
     * @param atOnce how many entries the recorder is asked for at once
     */
    public record Settings(boolean pendingOnly, Duration grace, Duration keep, Duration lease, int atOnce) {

        /**
         * A lease that outlives both the pause between two runs and a recorder that takes its time, so that two replicas don't
         * work at once.
         *
         * @param interval how often it looks
         * @param patience how long the recorder may take at most
         */
        public static Duration lease(Duration interval, Duration patience) {
            return (interval.compareTo(patience) > 0 ? interval : patience).multipliedBy(2);
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
        /** A stop with an unknown outcome turned out to have been in vain. */
        STOP_FAILED
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
     * @return empty if another replica is on this duty
     * @throws StoreUnavailableException if the registry can't be reached; what was done stays done
     */
    public Optional<Report> run(BiConsumer<RecordingId, Change> told) {
        if (!jobLeases.hold(JOB, settings.lease())) {
            return Optional.empty();
        }
        Run run = new Run(pending.unknownRecordings(), told);
        if (settings.pendingOnly()) {
            List<LiveRecording> entries = new ArrayList<>(registry.findStartPending());
            for (RecordingId id : run.unknown.keySet()) {
                registry.find(id)
                        .filter(entry -> entry.status() != RecordingStatus.START_PENDING)
                        .ifPresent(entries::add);
            }
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

    private final class Run {

        private final Map<RecordingId, Duration> unknown;
        private final BiConsumer<RecordingId, Change> told;
        private final Map<RecordingId, Change> changes = new LinkedHashMap<>();
        private int checked;
        private int unanswered;

        private Run(Map<RecordingId, Duration> unknown, BiConsumer<RecordingId, Change> told) {
            this.unknown = unknown;
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
            Duration pendingFor = unknown.get(entry.id());
            if (pendingFor != null && pendingFor.compareTo(settings.grace()) < 0) {
                return false;
            }
            return entry.status() != RecordingStatus.START_PENDING
                    || entry.startedAt().plus(settings.grace()).isBefore(clock.instant());
        }

        /** Returns null if everything stays as it is. */
        private Change settle(LiveRecording entry, Optional<RecordingStatus> status) {
            RecordingTarget target = new RecordingTarget.ById(entry.id());
            if (pending.inFlight(target).any()) {
                return null;
            }
            Duration pendingFor = pending.unknownFor(entry.id()).orElse(null);
            if (status.isEmpty()) {
                return pendingFor == null || pendingFor.compareTo(settings.keep()) >= 0 ? remove(entry, target) : null;
            }
            Change change = null;
            if (pendingFor != null && pendingFor.compareTo(settings.grace()) >= 0 && pending.takeUnknown(target)) {
                change = Change.STOP_FAILED;
            }
            if (entry.status() == RecordingStatus.START_PENDING
                    && is(entry, registry.change(entry.id(), entry.status(), status.get()))) {
                change = Change.STARTED;
            }
            return change;
        }

        /** Unless it changed since the recorder was asked. */
        private Change remove(LiveRecording entry, RecordingTarget target) {
            if (is(entry, registry.change(entry.id(), entry.status(), entry.status())) && registry.remove(entry.id())) {
                pending.takeUnknown(target);
                return entry.status() == RecordingStatus.START_PENDING ? Change.START_FAILED : Change.REMOVED;
            }
            return null;
        }

        private static boolean is(LiveRecording entry, Optional<RecordingStatus> status) {
            return status.isPresent() && status.get() == entry.status();
        }
    }
}
