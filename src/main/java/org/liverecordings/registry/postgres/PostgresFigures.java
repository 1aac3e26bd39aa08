package org.liverecordings.registry.postgres;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.metrics.StoredFigures;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.store.LeaseState;
import org.liverecordings.recording.store.StoreUnavailableException;

/** Counts what is in PostgreSQL, in one statement. Tables that may be large are counted to a limit, and estimated beyond it. */
public final class PostgresFigures {

    private static final int LIMIT = 10_000;

    private static final String COUNT =
            """
            SELECT 'recordings' AS what, status AS state, count(*) AS n FROM live_recording GROUP BY status
            UNION ALL SELECT 'leases', CASE WHEN state = 'ASKING' AND asking_until <= now() THEN 'UNKNOWN' ELSE state END, count(*)
              FROM stop_lease WHERE kept_until > now() GROUP BY 2
            UNION ALL SELECT 'holds', '', count(*) FROM hold WHERE ends_at > now()
            UNION ALL SELECT 'timers', CASE WHEN greatest(due_at, settled_at) < now() - INTERVAL '%d seconds'
              THEN 'late' ELSE 'waiting' END, count(*) FROM timer WHERE action <> 'ALARM' GROUP BY 2
            %s %s""".formatted(StoredFigures.LATE.toSeconds(), upTo("lines", "line"), upTo("entries", "audit_entry"));

    private final Database database;
    private final boolean entriesDecide;

    /**
     * @param entriesDecide whether recordings have entries in the registry; false if they are a suite's
     */
    public PostgresFigures(Database database, boolean entriesDecide) {
        this.database = database;
        this.entriesDecide = entriesDecide;
    }

    /** What the database itself believes to be in a table is as old as its last look; before the first one it is below zero. */
    private static String upTo(String what, String table) {
        return """
                UNION ALL SELECT '%s', 'counted', count(*) FROM (SELECT 1 FROM %s LIMIT %d) AS first
                UNION ALL SELECT '%s', 'estimated', CAST(reltuples AS int8) FROM pg_class WHERE oid = CAST('%s' AS regclass)
                """.formatted(what, table, LIMIT, what, table);
    }

    /**
     * Counts.
     *
     * @throws StoreUnavailableException if the database can't be reached, or takes too long
     */
    public StoredFigures count() {
        Map<RecordingStatus, Long> recordings = new EnumMap<>(RecordingStatus.class);
        Map<LeaseState, Long> leases = new EnumMap<>(LeaseState.class);
        Map<String, Long> others = new HashMap<>();
        database.list(Sql.of(COUNT), row -> {
            String state = row.getString("state");
            long count = row.getLong("n");
            switch (row.getString("what")) {
                case "recordings" -> recordings.put(RecordingStatus.valueOf(state), count);
                case "leases" -> leases.put(LeaseState.valueOf(state), count);
                default -> others.put(row.getString("what") + state, count);
            }
            return count;
        });
        return new StoredFigures(
                entriesDecide ? Optional.of(recordings) : Optional.empty(),
                leases,
                others.get("holds"),
                new StoredFigures.Timers(
                        others.getOrDefault("timerswaiting", 0L), others.getOrDefault("timerslate", 0L)),
                size("lines", others),
                OptionalLong.of(size("entries", others)));
    }

    private static long size(String what, Map<String, Long> found) {
        long counted = found.get(what + "counted");
        return counted < LIMIT ? counted : Math.max(counted, found.getOrDefault(what + "estimated", 0L));
    }
}
