package org.liverecordings.registry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.liverecordings.recording.Line;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.PendingStops;

/** Keeps the pending stops in this process, where no attempt outlives its asker. */
public final class MemoryPendingStops implements PendingStops {

    private final Map<RecordingTarget, Marks> marks = new HashMap<>();
    private final Duration keep;
    private final InstantSource clock;
    private long nextSweepAt;

    /**
     * @param keep how long a <em>stop pending</em> mark stays if nobody takes it; null: as long as the process
     */
    public MemoryPendingStops(Duration keep, InstantSource clock) {
        this.keep = keep;
        this.clock = clock;
    }

    @Override
    public synchronized Attempt begin(RecordingTarget target) {
        sweep();
        Attempt attempt = new Attempt(UUID.randomUUID(), target);
        marks.computeIfAbsent(target, t -> new Marks()).inFlight.add(attempt.id());
        return attempt;
    }

    @Override
    public synchronized void end(Attempt attempt) {
        Marks of = marks.get(attempt.target());
        if (of != null && of.inFlight.remove(attempt.id())) {
            dropIfEmpty(attempt.target(), of);
        }
    }

    @Override
    public synchronized void endUnknown(Attempt attempt) {
        Marks of = marks.get(attempt.target());
        if (of != null && of.inFlight.remove(attempt.id())) {
            of.unknownSince = clock.millis();
            of.unknownUntil = keep == null ? Long.MAX_VALUE : clock.millis() + keep.toMillis();
        }
    }

    /**
     * Where nothing else tells that a recording's end was claimed, as the registry does for those in it, it is remembered here: a
     * later stop of it that loses its own reply must not claim it again. Ids aren't used twice; lines are.
     */
    @Override
    public synchronized boolean endStopped(Attempt attempt) {
        marks.remove(attempt.target());
        if (keep != null && attempt.target() instanceof RecordingTarget.ById) {
            Marks claimed = new Marks();
            claimed.claimedUntil = clock.millis() + keep.toMillis();
            marks.put(attempt.target(), claimed);
        }
        return true;
    }

    /** Whoever dies before it has told takes all that is kept here along. */
    @Override
    public Attempt beginTelling(RecordingTarget target) {
        return new Attempt(UUID.randomUUID(), target);
    }

    @Override
    public boolean endTelling(Attempt telling) {
        return true;
    }

    /** Nothing is kept of it: the repeated stop goes on with the rest. */
    @Override
    public void giveUpTelling(Attempt telling) {}

    @Override
    public List<RecordingId> untold(RecordingTarget target) {
        return List.of();
    }

    @Override
    public List<RecordingId> untold(Line line) {
        return List.of();
    }

    @Override
    public boolean takeUntold(RecordingTarget target) {
        return false;
    }

    @Override
    public synchronized InFlight inFlight(RecordingTarget target) {
        Marks of = marks.get(target);
        return new InFlight(of == null ? Set.of() : Set.copyOf(of.inFlight), false);
    }

    @Override
    public synchronized boolean isClaimable(RecordingTarget target) {
        Marks of = marks.get(target);
        return of != null && of.unknownUntil > clock.millis();
    }

    @Override
    public synchronized boolean takeUnknown(RecordingTarget target) {
        Marks of = marks.get(target);
        if (of == null) {
            return false;
        }
        boolean taken = of.unknownUntil > clock.millis() && of.claimedUntil <= clock.millis();
        of.unknownUntil = Marks.NONE;
        dropIfEmpty(target, of);
        return taken;
    }

    @Override
    public synchronized Map<RecordingId, Duration> unknownRecordings() {
        long now = clock.millis();
        Map<RecordingId, Duration> ages = new HashMap<>();
        marks.forEach((target, of) -> {
            if (target instanceof RecordingTarget.ById byId && of.unknownUntil > now) {
                ages.put(byId.id(), Duration.ofMillis(now - of.unknownSince));
            }
        });
        return ages;
    }

    @Override
    public Optional<Duration> unknownFor(RecordingId id) {
        return Optional.ofNullable(unknownRecordings().get(id));
    }

    /** The number of targets about which anything is kept. */
    synchronized int size() {
        return marks.size();
    }

    private void dropIfEmpty(RecordingTarget target, Marks of) {
        if (of.inFlight.isEmpty() && of.unknownUntil == Marks.NONE && of.claimedUntil == Marks.NONE) {
            marks.remove(target);
        }
    }

    /** Marks that nobody comes back for would pile up otherwise. At most once a second, so that it costs nothing per stop. */
    private void sweep() {
        long now = clock.millis();
        if (now >= nextSweepAt) {
            nextSweepAt = now + 1000;
            marks.values().removeIf(of -> of.inFlight.isEmpty() && of.unknownUntil <= now && of.claimedUntil <= now);
        }
    }

    private static final class Marks {

        static final long NONE = Long.MIN_VALUE;

        final Set<UUID> inFlight = new HashSet<>();
        long unknownUntil = NONE;
        long claimedUntil = NONE;
        long unknownSince;
    }
}
