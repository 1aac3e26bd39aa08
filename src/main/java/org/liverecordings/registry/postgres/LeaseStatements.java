package org.liverecordings.registry.postgres;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.liverecordings.database.Sql;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.StopLeases.Unsettled;

/** The statements that take leases and give them back. {@link SettleStatement} settles. */
final class LeaseStatements {

    /** What the holder still holds; whoever took a lease over has another id. */
    private static final String MINE = " WHERE target = ANY (?) AND holder = ? AND state = 'ASKING'";

    private static final String TAKE = """
            INSERT INTO stop_lease AS l (target, holder, state, asking_until, kept_until, inherited, claimed, line, username, manager)
            SELECT t, ?, 'ASKING', now() + ? * INTERVAL '1 millisecond', now() + ? * INTERVAL '1 millisecond', false, false, ?, ?, ?
            FROM unnest(?) AS t ORDER BY t
            ON CONFLICT (target) DO UPDATE SET holder = excluded.holder, state = 'ASKING',
              asking_until = excluded.asking_until, kept_until = excluded.kept_until,
              inherited = l.state <> 'CLAIMED' AND l.kept_until > now(), claimed = l.claimed AND l.kept_until > now(),
              line = COALESCE(excluded.line, CASE WHEN l.kept_until > now() THEN l.line END),
              username = COALESCE(excluded.username, CASE WHEN l.kept_until > now() THEN l.username END),
              manager = COALESCE(excluded.manager, CASE WHEN l.kept_until > now() THEN l.manager END)
            WHERE l.state <> 'ASKING' OR l.asking_until <= now()
            RETURNING target, inherited, claimed""";

    private LeaseStatements() {}

    /**
     * @param foundBy null if there is none
     */
    static Sql take(
            UUID holder,
            Collection<RecordingTarget> targets,
            RecordingTarget foundBy,
            Duration duration,
            Duration keep) {
        String column = foundBy == null ? null : finderColumn(foundBy);
        String finder = foundBy == null ? null : TargetKeys.of(foundBy);
        return Sql.of(TAKE)
                .with(holder, duration.toMillis(), duration.plus(keep).toMillis())
                .with(
                        "line".equals(column) ? finder : null,
                        "username".equals(column) ? finder : null,
                        "manager".equals(column) ? finder : null)
                .with((Object) TargetKeys.of(targets));
    }

    /** The column by which leases are found again. */
    static String finderColumn(RecordingTarget foundBy) {
        if (foundBy instanceof RecordingTarget.OfUser) {
            return "username";
        }
        return foundBy instanceof RecordingTarget.OfManager ? "manager" : "line";
    }

    /** Locks what is to be given back in the order in which leases are taken and settled: so none waits for one that waits for him. */
    static Sql lock(Unsettled unsettled) {
        return Sql.of("SELECT 1 FROM stop_lease" + MINE + " ORDER BY target FOR UPDATE")
                .with(TargetKeys.of(unsettled.targets()), unsettled.holder());
    }

    /**
     * @param recorder what events call it; null if no events are published
     */
    static Sql markStopped(Unsettled unsettled, String recorder) {
        UUID[] ids = TargetKeys.ids(unsettled.stopped());
        String[] keys = TargetKeys.of(unsettled.stopped());
        String update = "UPDATE live_recording SET status = 'STOPPED', line_slot = NULL WHERE id = ANY (?)"
                + " AND status <> 'STOPPED' AND " + TargetKeys.OF_ROW + " IN (SELECT target FROM stop_lease" + MINE
                + ")";
        return recorder == null
                ? Sql.of(update).with(ids, keys, unsettled.holder())
                : Sql.of("WITH gone AS (" + update + " RETURNING id, device_name, directory_number, node) "
                                + EventStatements.INSERT + " SELECT n.id, clock_timestamp(), 'STOPPED', gone.id,"
                                + " gone.device_name, gone.directory_number, " + EventStatements.CAUSE
                                + ", ?, gone.node, false"
                                + " FROM gone JOIN unnest(?, ?) AS n (id, recording) ON n.recording = gone.id")
                        .with(ids, keys, unsettled.holder())
                        .with(EventStatements.cause(unsettled.cause()))
                        .with(recorder, EventStatements.ids(ids.length), ids);
    }

    private static final String UNKNOWN =
            "UPDATE stop_lease SET state = 'UNKNOWN', kept_until = now() + ? * INTERVAL '1 millisecond'" + MINE;

    /**
     * Also writes the events. None for entries marked stopped: they have theirs.
     *
     * @param recorder what events call it; null if no events are published
     * @param entriesDecide as {@link PostgresStopLeases} says
     */
    static Sql unknown(Unsettled unsettled, Duration keep, String recorder, boolean entriesDecide) {
        List<RecordingTarget> targets = List.copyOf(unsettled.open());
        String[] keys = TargetKeys.of(targets);
        if (recorder == null || targets.isEmpty()) {
            return Sql.of(UNKNOWN).with(keep.toMillis(), keys, unsettled.holder());
        }
        return Sql.of("WITH open AS (" + UNKNOWN + " RETURNING target) " + EventStatements.INSERT
                        + " SELECT n.id, clock_timestamp(), 'STOP_UNKNOWN', n.recording, "
                        + (entriesDecide ? "r.device_name, r.directory_number, " : "?, ?, ") + EventStatements.CAUSE
                        + (entriesDecide ? ", ?, r.node" : ", ?, NULL")
                        + ", false FROM open JOIN unnest(?, ?, ?) AS n (id, target, recording) ON n.target = open.target"
                        + (entriesDecide
                                ? " JOIN live_recording r ON r.id = n.recording WHERE r.status <> 'STOPPED'"
                                : ""))
                .with(keep.toMillis(), keys, unsettled.holder())
                .with(entriesDecide ? new Object[0] : EventStatements.line(unsettled.cause()))
                .with(EventStatements.cause(unsettled.cause()))
                .with(
                        recorder,
                        EventStatements.ids(targets.size()),
                        targets.stream().map(TargetKeys::of).toArray(String[]::new),
                        TargetKeys.idsOrNull(targets));
    }

    /** What a lease said before it says again; one that said nothing counts as none from now on. */
    static Sql asBefore(Unsettled unsettled, Duration keep) {
        return Sql.of(
                        "UPDATE stop_lease SET state = CASE WHEN inherited THEN 'UNKNOWN' ELSE 'CLAIMED' END, kept_until ="
                                + " CASE WHEN inherited OR claimed THEN now() + ? * INTERVAL '1 millisecond' ELSE now() END"
                                + MINE)
                .with(keep.toMillis(), TargetKeys.of(unsettled.others()), unsettled.holder());
    }
}
