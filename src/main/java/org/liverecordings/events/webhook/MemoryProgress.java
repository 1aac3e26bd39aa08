package org.liverecordings.events.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Keeps in this process how far each webhook has got. */
public final class MemoryProgress implements Progress {

    private final Map<String, Row> rows = new HashMap<>();
    private final LongSupplier latest;
    private final InstantSource clock;

    private record Row(
            long position, int attempts, Instant failingSince, Instant next, String failure, Instant parkedAt) {

        static Row at(long position, Instant next) {
            return new Row(position, 0, null, next, null, null);
        }

        State state(Instant now) {
            boolean due = next == null || !next.isAfter(now);
            return new State(true, position, attempts, failingSince, due, next, failure, parkedAt);
        }

        boolean isAs(State begun) {
            return position == begun.position() && Objects.equals(next, begun.dueAt());
        }

        Row failed(String why, Instant now, Instant dueAt, Instant parked) {
            return new Row(position, attempts + 1, failingSince == null ? now : failingSince, dueAt, why, parked);
        }
    }

    /**
     * @param latest the position of the latest event
     */
    public MemoryProgress(LongSupplier latest, InstantSource clock) {
        this.latest = latest;
        this.clock = clock;
    }

    @Override
    public synchronized State hold(String name, Duration duration) {
        return rows.computeIfAbsent(name, key -> Row.at(latest.getAsLong(), null))
                .state(clock.instant());
    }

    @Override
    public synchronized boolean delivered(String name, long from, long position) {
        Row row = rows.get(name);
        return row.position == from && rows.put(name, Row.at(position, row.next)) != null;
    }

    @Override
    public synchronized Optional<State> failed(String name, State begun, String failure, Duration delay) {
        Instant now = clock.instant();
        return unlessMoved(name, begun, now, row -> row.failed(failure, now, now.plus(delay), null));
    }

    @Override
    public synchronized Optional<State> park(String name, State begun, String failure) {
        Instant now = clock.instant();
        return unlessMoved(name, begun, now, row -> row.failed(failure, now, row.next, now));
    }

    private Optional<State> unlessMoved(String name, State begun, Instant now, UnaryOperator<Row> change) {
        Row row = rows.get(name);
        if (!row.isAs(begun)) {
            return Optional.empty();
        }
        Row changed = change.apply(row);
        rows.put(name, changed);
        return Optional.of(changed.state(now));
    }

    @Override
    public synchronized Optional<Long> replay(String name, Long position) {
        Instant now = clock.instant();
        Row row = rows.computeIfPresent(
                name, (key, old) -> Row.at(position == null ? old.position : Math.min(position, old.position), now));
        return Optional.ofNullable(row).map(Row::position);
    }
}
