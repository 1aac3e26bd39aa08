package org.liverecordings.registry.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.store.Holds;

/** Keeps the holds in this process. There are never more than lines, devices and numbers. */
public final class MemoryHolds implements Holds {

    private static final Comparator<Hold> LATEST_FIRST =
            Comparator.comparing(Hold::since).thenComparing(Hold::id).reversed();

    private final Map<LineSelector, Hold> holds = new HashMap<>();
    private final InstantSource clock;

    /** Never null. */
    public MemoryHolds(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized List<Hold> put(Collection<LineSelector> lines, String why, String user, Duration duration) {
        Instant now = clock.instant();
        Instant until = now.plus(duration);
        List<Hold> put = new ArrayList<>();
        for (LineSelector line : lines) {
            Hold there = holds.get(line);
            if (!isOn(there)) {
                Hold made = new Hold(UUID.randomUUID(), line, why, user, now, until);
                holds.put(line, made);
                put.add(made);
            } else {
                Instant longer =
                        there.until().isBefore(until) ? until : there.until().plusNanos(1);
                holds.put(line, new Hold(there.id(), line, there.why(), there.user(), there.since(), longer));
            }
        }
        return put;
    }

    private boolean isOn(Hold hold) {
        return hold != null && hold.until().isAfter(clock.instant());
    }

    @Override
    public synchronized Optional<Hold> covering(Collection<LineSelector> lines) {
        return lines.stream()
                .flatMap(line -> line.covering().stream())
                .map(holds::get)
                .filter(this::isOn)
                .max(Comparator.comparing(Hold::until));
    }

    @Override
    public synchronized List<Hold> before(Hold later, int limit) {
        return holds.values().stream()
                .filter(this::isOn)
                .filter(hold -> later == null || LATEST_FIRST.compare(later, hold) < 0)
                .sorted(LATEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Hold> find(UUID id) {
        return holds.values().stream()
                .filter(hold -> hold.id().equals(id))
                .filter(this::isOn)
                .findFirst();
    }

    @Override
    public synchronized boolean lift(UUID id) {
        return holds.values().removeIf(hold -> Objects.equals(hold.id(), id) && isOn(hold));
    }

    @Override
    public synchronized boolean end(Hold hold) {
        return holds.remove(hold.line(), hold);
    }

    @Override
    public synchronized List<Hold> removeLapsed(Collection<LineSelector> lines) {
        return removeLapsed(lines.stream().distinct().map(holds::get).filter(Objects::nonNull), Integer.MAX_VALUE);
    }

    @Override
    public synchronized List<Hold> removeLapsed(int limit) {
        return removeLapsed(holds.values().stream(), limit);
    }

    private List<Hold> removeLapsed(Stream<Hold> of, int limit) {
        List<Hold> lapsed = of.filter(hold -> !isOn(hold)).limit(limit).toList();
        lapsed.forEach(hold -> holds.remove(hold.line()));
        return lapsed;
    }
}
