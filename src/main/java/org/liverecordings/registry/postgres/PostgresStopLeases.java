package org.liverecordings.registry.postgres;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.liverecordings.database.Database;
import org.liverecordings.database.DeferredWrites;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.Settlement;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Unsettled;
import org.liverecordings.recording.store.StoreUnavailableException;

/** Keeps the leases in PostgreSQL, by its clock. */
public final class PostgresStopLeases implements StopLeases {

    /** More than can be under way within the time that an outage is noticed in; the rest counts as unknown in the end. */
    private static final int LATER = 10_000;

    private final Database database;
    private final boolean entriesDecide;
    private final Duration keep;
    private final Duration keepAnswers;
    private final String recorder;
    private final DeferredWrites later;

    /**
     * @param entriesDecide whether a recording's entry decides who claims its end; false if the recordings are a suite's
     * @param keep how long an unknown outcome, or that an end was claimed, is remembered
     * @param keepAnswers how long answers are kept under their keys
     * @param recorder what events of stops call it; null if no events are published
     */
    public PostgresStopLeases(
            Database database, boolean entriesDecide, Duration keep, Duration keepAnswers, String recorder) {
        this.database = database;
        this.entriesDecide = entriesDecide;
        this.keep = keep;
        this.keepAnswers = keepAnswers;
        this.recorder = recorder;
        this.later = new DeferredWrites(database, LATER);
    }

    @Override
    public Map<RecordingTarget, Earlier> take(
            UUID holder, Collection<RecordingTarget> targets, RecordingTarget foundBy, Duration duration) {
        later.writeAll();
        Map<String, RecordingTarget> byKey = byKey(targets);
        Sql take = LeaseStatements.take(holder, targets, foundBy, duration, keep);
        Map<RecordingTarget, Earlier> taken = new HashMap<>();
        database.list(
                take,
                row -> taken.put(
                        byKey.get(row.getString("target")),
                        new Earlier(row.getBoolean("inherited"), row.getBoolean("claimed"))));
        return taken;
    }

    private static Map<String, RecordingTarget> byKey(Collection<RecordingTarget> targets) {
        return targets.stream().collect(Collectors.toMap(TargetKeys::of, Function.identity()));
    }

    /** A user as a target is what a version before left: it stopped a user's recordings as one. */
    @Override
    public Set<RecordingTarget> foundBy(RecordingTarget lineOrUser) {
        Sql select = Sql.of("SELECT target FROM stop_lease WHERE " + LeaseStatements.finderColumn(lineOrUser)
                        + " = ? AND state <> 'CLAIMED' AND kept_until > now()")
                .with(TargetKeys.of(lineOrUser));
        return Set.copyOf(database.list(
                select, row -> TargetKeys.recording(row.getString("target")).orElse(lineOrUser)));
    }

    @Override
    public Optional<Set<RecordingTarget>> settle(Settlement settlement) {
        Map<String, RecordingTarget> byKey = byKey(settlement.targets());
        Sql settle = SettleStatement.of(settlement, entriesDecide, keep, keepAnswers, recorder);
        // In a transaction, although it is one statement: it has no effect if whoever sent it dies before it commits.
        List<Optional<RecordingTarget>> rows = database.inTransaction(connection -> settle.list(
                connection, row -> Optional.ofNullable(row.getString("target")).map(byKey::get)));
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(rows.stream().flatMap(Optional::stream).collect(Collectors.toSet()));
    }

    @Override
    public void giveBack(Unsettled unsettled) {
        boolean several = unsettled.targets().size() > 1;
        Sql lock = LeaseStatements.lock(unsettled);
        Sql stopped = LeaseStatements.markStopped(unsettled, recorder);
        Sql open = LeaseStatements.unknown(unsettled, keep, recorder, entriesDecide);
        Sql others = LeaseStatements.asBefore(unsettled, keep);
        try {
            database.inTransaction(connection -> {
                if (several) {
                    lock.execute(connection);
                }
                int changed = entriesDecide && !unsettled.stopped().isEmpty() ? stopped.update(connection) : 0;
                changed += unsettled.open().isEmpty() ? 0 : open.update(connection);
                return changed + (unsettled.others().isEmpty() ? 0 : others.update(connection));
            });
        } catch (StoreUnavailableException e) {
            // Of what this request didn't stop nobody must believe in the end that it may have.
            if (!unsettled.others().isEmpty()) {
                later.add(others);
            }
            throw e;
        }
    }

    @Override
    public boolean isOpen(RecordingId id) {
        Sql select = Sql.of("SELECT 1 FROM stop_lease WHERE target = ? AND state <> 'CLAIMED' AND kept_until > now()")
                .with(TargetKeys.of(new RecordingTarget.ById(id)));
        return database.exists(select);
    }

    /** What somebody else has locked is left for the next time. */
    @Override
    public int removeLapsed() {
        later.writeAll();
        return database.update(Sql.of("WITH lapsed AS (SELECT target FROM stop_lease WHERE kept_until <= now()"
                + " FOR UPDATE SKIP LOCKED) DELETE FROM stop_lease WHERE target IN (SELECT target FROM lapsed)"));
    }
}
