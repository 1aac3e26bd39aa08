package org.liverecordings.registry.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.liverecordings.metrics.StoredFigures;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.timer.NoRoomForTimersException;

/** Keeps timers in this process, as many as fit in. */
public final class MemoryTimers implements Timers {

    private final Map<UUID, Kept> timers = new HashMap<>();
    private final LiveRecordingRepository registry;
    private final int capacity;
    private final InstantSource clock;

    /**
     * @param registry where a recording has an entry while it is there; null if they are a suite's
     * @param capacity how many are kept at most
     */
    public MemoryTimers(LiveRecordingRepository registry, int capacity, InstantSource clock) {
        this.registry = registry;
        this.capacity = capacity;
        this.clock = clock;
    }

    private record Kept(Due timer, UUID request, Instant settledAt, Instant nextAt) {

        Kept settled(Instant at) {
            return new Kept(timer, request, at, timer.attempts() == 0 ? timer.dueAt() : nextAt);
        }

        Kept next(Instant at, int attempts) {
            Due tried = new Due(
                    timer.id(),
                    timer.recording(),
                    timer.action(),
                    timer.dueAt(),
                    timer.user(),
                    timer.correlationId(),
                    attempts);
            return new Kept(tried, request, settledAt, at);
        }
    }

    /** How many there are. */
    public synchronized StoredFigures.Timers count() {
        Instant before = clock.instant().minus(StoredFigures.LATE);
        Map<Boolean, Long> byLateness = timers.values().stream()
                .filter(kept -> kept.timer().action() != Action.ALARM)
                .collect(Collectors.partitioningBy(
                        kept -> kept.timer().dueAt().isBefore(before)
                                && kept.settledAt().isBefore(before),
                        Collectors.counting()));
        return new StoredFigures.Timers(byLateness.get(false), byLateness.get(true));
    }

    @Override
    public synchronized void requireRoom() {
        requireRoom(1);
    }

    private void requireRoom(int more) {
        if (timers.size() + more > capacity) {
            timers.values().removeIf(this::isOrphan);
        }
        if (timers.size() + more > capacity) {
            throw new NoRoomForTimersException(capacity);
        }
    }

    @Override
    public synchronized void set(Collection<RecordingId> recordings, Action action, Duration after, Setter by) {
        requireRoom(recordings.size());
        Instant now = clock.instant();
        Instant dueAt = now.plus(after);
        Instant settledAt = now.plus(by.mayTake());
        Instant nextAt = by.mayTake().compareTo(after) > 0 ? settledAt : dueAt;
        for (RecordingId recording : recordings) {
            Due timer = new Due(UUID.randomUUID(), recording, action, dueAt, by.user(), by.correlationId(), 0);
            timers.put(timer.id(), new Kept(timer, by.id(), settledAt, nextAt));
        }
    }

    /** A timer goes with its recording's entry. */
    private boolean isOrphan(Kept kept) {
        return registry != null && registry.find(kept.timer().recording()).isEmpty();
    }

    @Override
    public synchronized void settle(UUID request, Collection<RecordingId> keep, Collection<RecordingId> takeBack) {
        timers.values()
                .removeIf(kept -> kept.request().equals(request)
                        && takeBack.contains(kept.timer().recording()));
        timers.replaceAll((id, kept) ->
                kept.request().equals(request) && keep.contains(kept.timer().recording())
                        ? kept.settled(clock.instant())
                        : kept);
    }

    @Override
    public synchronized void pauseChanged(Collection<RecordingId> recordings, Instant askedAt) {
        timers.values()
                .removeIf(kept -> kept.timer().action() != Action.STOP
                        && recordings.contains(kept.timer().recording())
                        && !kept.settledAt().isAfter(askedAt));
    }

    @Override
    public synchronized boolean isEmpty() {
        return timers.isEmpty();
    }

    @Override
    public synchronized Map<RecordingId, Times> of(Collection<RecordingId> recordings) {
        Set<RecordingId> asked = new HashSet<>(recordings);
        Map<RecordingId, Times> times = new HashMap<>();
        for (Kept kept : timers.values()) {
            Due timer = kept.timer();
            if (asked.contains(timer.recording()) && timer.action() != Action.ALARM && !isOrphan(kept)) {
                times.put(
                        timer.recording(),
                        times.getOrDefault(timer.recording(), Times.NONE).and(timer.action(), timer.dueAt()));
            }
        }
        return times;
    }

    @Override
    public synchronized List<Due> take(int limit, Duration lease) {
        Instant now = clock.instant();
        timers.values().removeIf(kept -> !kept.nextAt().isAfter(now) && isOrphan(kept));
        List<UUID> due = timers.values().stream()
                .filter(kept -> !kept.nextAt().isAfter(now))
                .sorted(Comparator.comparing(Kept::nextAt))
                .limit(limit)
                .map(kept -> kept.timer().id())
                .toList();
        due.forEach(id -> timers.computeIfPresent(
                id, (same, kept) -> kept.next(now.plus(lease), kept.timer().attempts() + 1)));
        return due.stream().map(id -> timers.get(id).timer()).toList();
    }

    @Override
    public synchronized boolean isTaken(Due timer) {
        Kept kept = timers.get(timer.id());
        return kept != null && kept.timer().attempts() == timer.attempts();
    }

    @Override
    public synchronized void putOff(Due timer, Duration delay) {
        timers.computeIfPresent(
                timer.id(),
                (id, kept) -> kept.timer().attempts() == timer.attempts()
                        ? kept.next(clock.instant().plus(delay), timer.attempts())
                        : kept);
    }

    @Override
    public synchronized void forget(Due timer) {
        timers.remove(timer.id());
    }

    /** The recording was stopped, or is over. */
    synchronized void forgetAll(RecordingId recording) {
        timers.values().removeIf(kept -> kept.timer().recording().equals(recording));
    }
}
