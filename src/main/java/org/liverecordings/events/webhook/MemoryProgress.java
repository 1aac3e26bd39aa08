package org.liverecordings.events.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Keeps in this process how far each webhook has got. */
public final class MemoryProgress implements Progress {

    private final Map<String, Row> rows = new HashMap<>();
    private final LongSupplier latest;
    private final InstantSource clock;

    private record Row(
            long position, int attempts, Instant failingSince, Instant next, String failure, Instant parkedAt) {

        static Row at(long position) {
            return new Row(position, 0, null, Instant.MIN, null, null);
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
        Row row = rows.computeIfAbsent(name, key -> Row.at(latest.getAsLong()));
        boolean due = !row.next.isAfter(clock.instant());
        return new State(true, row.position, row.attempts, row.failingSince, due, row.failure, row.parkedAt);
    }

    @Override
    public synchronized boolean delivered(String name, long from, long position) {
        return rows.get(name).position == from && rows.put(name, Row.at(position)) != null;
    }

    @Override
    public synchronized void failed(String name, String failure, Duration delay) {
        Instant now = clock.instant();
        rows.computeIfPresent(
                name,
                (key, row) -> new Row(
                        row.position,
                        row.attempts + 1,
                        row.failingSince == null ? now : row.failingSince,
                        now.plus(delay),
                        failure,
                        null));
    }

    @Override
    public synchronized void park(String name, String failure) {
        rows.computeIfPresent(
                name,
                (key, row) -> new Row(
                        row.position, row.attempts + 1, row.failingSince, Instant.MIN, failure, clock.instant()));
    }

    @Override
    public synchronized Optional<Long> replay(String name, Long position) {
        Row row = rows.computeIfPresent(
                name, (key, old) -> Row.at(position == null ? old.position : Math.min(position, old.position)));
        return Optional.ofNullable(row).map(Row::position);
    }
}
