package org.liverecordings.registry.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.liverecordings.database.Sql;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.idempotency.StoredAnswer;
import org.liverecordings.recording.store.Settlement;

/**
 * Makes the one statement that settles a stop. It writes to leases, registry, trail and keys at once, since a stop that took a statement
 * for each of them would take the database twice as long. All that it changes depends on {@code held}, which has a row if every lease,
 * and the key, are still the holder's. It yields no row if they aren't; else the targets that were claimed, or one row of null.
 */
final class SettleStatement {

    private final Settlement settlement;
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private SettleStatement(Settlement settlement) {
        this.settlement = settlement;
    }

    /**
     * @param entriesDecide as {@link PostgresStopLeases} says
     * @param recorder what events call it; null if no events are published
     */
    static Sql of(Settlement settlement, boolean entriesDecide, Duration keep, Duration keepAnswers, String recorder) {
        SettleStatement statement = new SettleStatement(settlement);
        statement.hold();
        if (entriesDecide) {
            statement.claimByEntry();
        } else {
            statement.claimByLease(keep);
        }
        statement.cancelTimers();
        statement.writeTrail();
        if (recorder != null && entriesDecide) {
            statement.publishByEntry(recorder);
        } else if (recorder != null) {
            statement.publishByLease(recorder);
        }
        if (settlement.answers() != null) {
            statement.storeAnswer(keepAnswers);
        }
        statement.add(" SELECT claimed.target FROM held LEFT JOIN claimed ON true");
        return Sql.of(statement.text.toString()).with(statement.values.toArray());
    }

    private void add(String more, Object... parameters) {
        text.append(more);
        values.addAll(Arrays.asList(parameters));
    }

    private void hold() {
        IdempotencyKey key = settlement.key();
        add(
                "WITH own AS (SELECT target, claimed FROM stop_lease WHERE target = ANY (?) AND holder = ? AND state = 'ASKING'"
                        + " ORDER BY target FOR UPDATE)",
                TargetKeys.of(settlement.targets()),
                settlement.holder());
        if (key != null) {
            add(
                    ", keyed AS (SELECT 1 AS yes FROM idempotency_key WHERE user_key = ? AND idempotency_key = ?"
                            + " AND holder = ? AND status IS NULL FOR UPDATE)",
                    key.userKey(),
                    key.value(),
                    settlement.holder());
        }
        add(
                ", held AS (SELECT 1 AS yes WHERE (SELECT count(*) FROM own) = ?"
                        + (key == null ? ")" : " AND EXISTS (SELECT 1 FROM keyed))"),
                settlement.targets().size());
    }

    private void claimByEntry() {
        add(
                ", gone AS (DELETE FROM live_recording WHERE id = ANY (?) AND EXISTS (SELECT 1 FROM held) RETURNING id, status,"
                        + " device_name, directory_number, node)"
                        + ", claimed AS (SELECT " + TargetKeys.OF_ROW + " AS target FROM gone WHERE id = ANY (?))"
                        + ", freed AS (DELETE FROM stop_lease WHERE target IN (SELECT target FROM own)"
                        + " AND EXISTS (SELECT 1 FROM held))",
                TargetKeys.ids(settlement.targets()),
                TargetKeys.ids(settlement.stopped()));
    }

    /** Ids aren't used twice, lines are: of a line it isn't remembered that its end was claimed. */
    private void claimByLease(Duration keep) {
        String[] ids = settlement.stopped().stream()
                .filter(RecordingTarget.ById.class::isInstance)
                .map(TargetKeys::of)
                .toArray(String[]::new);
        add(
                ", claimed AS (SELECT target FROM own WHERE target = ANY (?) AND NOT claimed AND EXISTS (SELECT 1 FROM held))"
                        + ", freed AS (UPDATE stop_lease SET state = 'CLAIMED', claimed = claimed OR target = ANY (?),"
                        + " kept_until = CASE WHEN claimed OR target = ANY (?)"
                        + " THEN now() + ? * INTERVAL '1 millisecond' ELSE now() END"
                        + " WHERE target IN (SELECT target FROM own) AND EXISTS (SELECT 1 FROM held))",
                TargetKeys.of(settlement.stopped()),
                ids,
                ids,
                keep.toMillis());
    }

    private void cancelTimers() {
        add(", untimed AS (" + PostgresTimers.WITH_RECORDING + " AND EXISTS (SELECT 1 FROM held))", (Object)
                TargetKeys.ids(settlement.targets()));
    }

    private void writeTrail() {
        List<RecordingTarget> stopped = List.copyOf(settlement.stopped());
        add(
                ", noted AS (INSERT INTO audit_confirmation (id, entry_id, recording_id, confirmed_at, inferred)"
                        + " SELECT n.id, ?, n.recording, now(), n.target = ANY (?)"
                        + " FROM unnest(?, ?, ?) AS n (id, target, recording)"
                        + " WHERE n.target IN (SELECT target FROM claimed))",
                settlement.entry(),
                TargetKeys.of(settlement.inferred()),
                stopped.stream().map(target -> UUID.randomUUID()).toArray(UUID[]::new),
                stopped.stream().map(TargetKeys::of).toArray(String[]::new),
                TargetKeys.idsOrNull(stopped));
        add(
                ", ended AS (INSERT INTO audit_end (entry_id, ended_at, result, duration_ms)"
                        + " SELECT ?, now(), CASE WHEN EXISTS (SELECT 1 FROM claimed) THEN 'done' ELSE 'not-live' END, ?"
                        + " FROM held ON CONFLICT (entry_id) DO NOTHING)",
                settlement.entry(),
                settlement.duration().toMillis());
    }

    /** Entries marked stopped had their event then. What the recorder doesn't know and nobody stopped has ended by itself. */
    private void publishByEntry(String recorder) {
        UUID[] recordings = TargetKeys.ids(settlement.targets());
        UUID[] stopped = TargetKeys.ids(settlement.stopped());
        add(
                ", published AS (" + EventStatements.INSERT
                        + " SELECT n.id, clock_timestamp(), CASE WHEN gone.id = ANY (?) THEN 'STOPPED'"
                        + " WHEN gone.status = 'START_PENDING' THEN 'START_FAILED' ELSE 'ENDED' END,"
                        + " gone.id, gone.device_name, gone.directory_number",
                (Object) stopped);
        for (Object known : EventStatements.cause(settlement.cause())) {
            add(", CASE WHEN gone.id = ANY (?) THEN ? END", stopped, known);
        }
        add(
                ", ?, gone.node, gone.id = ANY (?) FROM gone JOIN unnest(?, ?) AS n (id, recording)"
                        + " ON n.recording = gone.id WHERE gone.status <> 'STOPPED')",
                recorder,
                TargetKeys.ids(settlement.inferred()),
                EventStatements.ids(recordings.length),
                recordings);
    }

    private void publishByLease(String recorder) {
        List<RecordingTarget> stopped = List.copyOf(settlement.stopped());
        add(
                ", published AS (" + EventStatements.INSERT
                        + " SELECT n.id, clock_timestamp(), 'STOPPED', n.recording, ?, ?",
                EventStatements.line(settlement.cause()));
        add(", " + EventStatements.CAUSE, EventStatements.cause(settlement.cause()));
        add(
                ", ?, NULL, n.target = ANY (?) FROM unnest(?, ?, ?) AS n (id, target, recording)"
                        + " WHERE n.target IN (SELECT target FROM claimed))",
                recorder,
                TargetKeys.of(settlement.inferred()),
                EventStatements.ids(stopped.size()),
                stopped.stream().map(TargetKeys::of).toArray(String[]::new),
                TargetKeys.idsOrNull(stopped));
    }

    private void storeAnswer(Duration keep) {
        IdempotencyKey key = settlement.key();
        StoredAnswer claimed = settlement.answers().ifClaimed();
        StoredAnswer nothing = settlement.answers().ifNothing();
        String either = " = CASE WHEN EXISTS (SELECT 1 FROM claimed) THEN ? ELSE ? END, ";
        add(
                ", answered AS (UPDATE idempotency_key SET status" + either + "media_type" + either + "body" + either
                        + "kept_until = now() + ? * INTERVAL '1 millisecond'"
                        + " WHERE user_key = ? AND idempotency_key = ? AND EXISTS (SELECT 1 FROM held))",
                claimed.status(),
                nothing.status(),
                claimed.mediaType(),
                nothing.mediaType(),
                claimed.body(),
                nothing.body(),
                keep.toMillis(),
                key.userKey(),
                key.value());
    }
}
