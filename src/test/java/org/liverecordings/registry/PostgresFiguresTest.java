package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.metrics.StoredFigures;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.store.LeaseState;
import org.liverecordings.registry.postgres.PostgresFigures;
import org.liverecordings.support.PostgresServer;

class PostgresFiguresTest {

    private static AgroalDataSource pool;
    private static Database database;

    @BeforeAll
    static void connect() {
        PostgresServer server = PostgresServer.shared();
        pool = server.migrated(server.newDatabase());
        database = new Database(pool);
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @BeforeEach
    void clear() {
        for (String table : List.of("live_recording", "stop_lease", "hold", "timer", "line", "audit_entry")) {
            execute("DELETE FROM " + table);
        }
    }

    @Test
    void recordingsLeasesHoldsAndTimersAreCountedAsTheyAreNow() {
        recordings(3, "RECORDING");
        recordings(1, "STOPPED");
        lease("a", "ASKING", "1 minute", "1 minute");
        lease("b", "ASKING", "-1 second", "1 minute");
        lease("c", "UNKNOWN", "-1 second", "1 minute");
        lease("d", "CLAIMED", "-1 second", "1 minute");
        lease("e", "UNKNOWN", "-1 second", "-1 second");
        hold("f", "1 minute");
        hold("g", "-1 second");
        timer("RESUME", "1 minute", "-1 second");
        timer("STOP", "-2 seconds", "-1 minute");
        timer("STOP", "-1 minute", "1 second");
        timer("RESUME", "-10 seconds", "-10 seconds");
        timer("ALARM", "-10 seconds", "-10 seconds");

        StoredFigures figures = new PostgresFigures(database, true).count();

        assertEquals(
                new StoredFigures(
                        Optional.of(Map.of(RecordingStatus.RECORDING, 3L, RecordingStatus.STOPPED, 1L)),
                        Map.of(LeaseState.ASKING, 1L, LeaseState.UNKNOWN, 2L, LeaseState.CLAIMED, 1L),
                        1,
                        new StoredFigures.Timers(3, 1),
                        0,
                        OptionalLong.of(0)),
                figures);
    }

    @Test
    void aSuitesRecordingsAreNotOurs() {
        recordings(1, "RECORDING");

        StoredFigures figures = new PostgresFigures(database, false).count();

        assertEquals(Optional.empty(), figures.recordings());
    }

    @Test
    void beyondTheLimitTheDatabasesOwnEstimateIsTaken() {
        lines(12_000);
        execute("ANALYZE line");
        lines(50);

        StoredFigures figures = new PostgresFigures(database, true).count();

        assertEquals(12_000, figures.lines());
    }

    @Test
    void belowTheLimitNoEstimateIsBelieved() {
        lines(12_000);
        execute("ANALYZE line");
        execute("DELETE FROM line WHERE directory_number > '5'");
        long left = database.first(Sql.of("SELECT count(*) AS n FROM line"), row -> row.getLong("n"))
                .orElseThrow();

        StoredFigures figures = new PostgresFigures(database, true).count();

        assertEquals(left, figures.lines());
    }

    private static void recordings(int count, String status) {
        execute("INSERT INTO live_recording (id, directory_number, mode, origin, started_at, status)"
                + " SELECT gen_random_uuid(), '101', 'MEDIA_FORKING', 'MANUAL', now(), '" + status
                + "' FROM generate_series(1, " + count + ")");
    }

    private static void lease(String target, String state, String asking, String kept) {
        execute("INSERT INTO stop_lease (target, holder, state, asking_until, kept_until, inherited, claimed) VALUES ('"
                + target + "', gen_random_uuid(), '" + state + "', now() + INTERVAL '" + asking
                + "', now() + INTERVAL '" + kept + "', false, false)");
    }

    private static void hold(String line, String lasts) {
        execute("INSERT INTO hold (line, id, username, put_at, ends_at) VALUES ('" + line
                + "', gen_random_uuid(), 'alice', now(), now() + INTERVAL '" + lasts + "')");
    }

    private static void timer(String action, String due, String settled) {
        execute(
                "INSERT INTO timer (id, recording_id, request_id, action, due_at, username, correlation_id, settled_at, next_at,"
                        + " attempts) VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '" + action
                        + "', now() + INTERVAL '" + due + "', 'alice', 'c', now() + INTERVAL '" + settled
                        + "', now(), 0)");
    }

    private static void lines(int count) {
        execute("INSERT INTO line (device_key, directory_number, device_name, tapi_monitorable, automatic_recording)"
                + " SELECT 'sep' || n || '-' || gen_random_uuid(), CAST(n AS text), 'SEP', true, false FROM generate_series(1, "
                + count + ") AS n");
    }

    private static void execute(String statement) {
        database.call(connection -> {
            Sql.of(statement).execute(connection);
            return null;
        });
    }
}
