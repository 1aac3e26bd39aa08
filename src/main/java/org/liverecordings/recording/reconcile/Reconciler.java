package org.liverecordings.recording.reconcile;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.recorder.CallRecorder;
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

    final LiveRecordingRepository registry;
    final StopLeases leases;
    final CallRecorder recorder;
    final UnitOfWork unitOfWork;
    final Events events;
    private final JobLeases jobLeases;
    final Settings settings;
    final InstantSource clock;

    /** None is null. */
    public Reconciler(
            LiveRecordingRepository registry,
            StopLeases leases,
            CallRecorder recorder,
            UnitOfWork unitOfWork,
            Events events,
            JobLeases jobLeases,
            Settings settings,
            InstantSource clock) {
        this.registry = registry;
        this.leases = leases;
        this.recorder = recorder;
        this.unitOfWork = unitOfWork;
        this.events = events;
        this.jobLeases = jobLeases;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * How to go about it.
     *
     * @param unsettledOnly whether other entries need no look: the registry is the recorder's only truth
     * @param grace how long a pending start is left alone, since its request may still be under way
     * @param request how long the request of a start may confirm it at most, by clocks that differ a little
     * @param lease after which another replica may take over
     * @param atOnce how many entries the recorder is asked for at once
     */
    public record Settings(boolean unsettledOnly, Duration grace, Duration request, Duration lease, int atOnce) {

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
     * @param listener hears of each change once it has taken effect, whatever ends the run afterwards
     * @return empty if another replica does this job
     * @throws StoreUnavailableException if the registry can't be reached; what was done stays done
     */
    public Optional<Report> run(BiConsumer<RecordingId, Change> listener) {
        if (!jobLeases.hold(JOB, settings.lease())) {
            return Optional.empty();
        }
        ReconcilerRun run = new ReconcilerRun(this, listener);
        if (settings.unsettledOnly()) {
            for (List<LiveRecording> page : pages(registry.findUnsettled())) {
                if (!jobLeases.hold(JOB, settings.lease())) {
                    break;
                }
                run.check(page);
            }
        } else {
            List<LiveRecording> page = registry.findAfter(null, settings.atOnce());
            while (!page.isEmpty() && jobLeases.hold(JOB, settings.lease())) {
                run.check(page);
                page = registry.findAfter(page.get(page.size() - 1).id(), settings.atOnce());
            }
        }
        return Optional.of(run.report());
    }

    /**
     * Asks the recorder for recordings of which it told that they are over. A start that is pending is left alone as long as its request
     * may still confirm it: what began and is over has begun. Whoever holds the reconciler's lease is about something else.
     *
     * @param listener hears of each change once it has taken effect, whatever ends the run afterwards
     * @return those left alone, or changed by others meanwhile: to be looked at again soon
     * @throws StoreUnavailableException if the registry can't be reached; what was done stays done
     */
    public List<RecordingId> checkEnded(Collection<RecordingId> ended, BiConsumer<RecordingId, Change> listener) {
        ReconcilerRun run = new ReconcilerRun(this, listener);
        Map<Boolean, List<LiveRecording>> entries = ended.stream()
                .flatMap(id -> registry.find(id).stream())
                .collect(Collectors.partitioningBy(entry -> run.isDue(entry, settings.request())));
        pages(entries.get(true)).forEach(run::ask);
        Set<RecordingId> settled = run.report().changes().keySet();
        Stream<LiveRecording> changed = entries.get(true).stream()
                .filter(entry -> !settled.contains(entry.id()))
                .filter(entry -> registry.find(entry.id())
                        .filter(now -> !now.equals(entry))
                        .isPresent());
        return Stream.concat(entries.get(false).stream(), changed)
                .map(LiveRecording::id)
                .toList();
    }

    /**
     * Asks the recorder for all of these, since what it told of them may have got lost. Whoever holds the reconciler's lease is about
     * something else.
     *
     * @param listener hears of each change once it has taken effect, whatever ends the run afterwards
     * @throws StoreUnavailableException if the registry can't be reached; what was done stays done
     */
    public void check(Predicate<LiveRecording> which, BiConsumer<RecordingId, Change> listener) {
        ReconcilerRun run = new ReconcilerRun(this, listener);
        pages(registry.findAll().stream().filter(which).toList()).forEach(run::check);
    }

    private List<List<LiveRecording>> pages(List<LiveRecording> entries) {
        int size = settings.atOnce();
        return IntStream.iterate(0, i -> i < entries.size(), i -> i + size)
                .mapToObj(i -> entries.subList(i, Math.min(entries.size(), i + size)))
                .toList();
    }
}
