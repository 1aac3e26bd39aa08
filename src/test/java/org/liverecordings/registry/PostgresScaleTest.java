package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.support.PostgresServer;

/** 100,000 live recordings, 200,000 lines, 300,000 entries of the trail. */
class PostgresScaleTest {

    private static AgroalDataSource pool;
    private static Database database;

    @BeforeAll
    static void fill() {
        pool = PostgresServer.shared().migrated();
        database = new Database(pool);
        long started = System.nanoTime();
        fill(
                "INSERT INTO live_recording (id, device_name, device_key, directory_number, mode, origin, started_at, status)"
                        + " SELECT CAST(lpad(to_hex(n), 32, '0') AS uuid), 'SEP' || n, 'sep' || n, '' || n, 'MEDIA_FORKING',"
                        + " 'MANUAL', now(), 'RECORDING' FROM generate_series(1, 100000) AS n");
        fill("INSERT INTO line (device_key, directory_number, device_name, username, user_key, tapi_monitorable,"
                + " automatic_recording) SELECT 'sep' || n, '' || n, 'SEP' || n, 'user' || n, 'user' || n, TRUE, FALSE"
                + " FROM generate_series(1, 200000) AS n");
        fill(
                "INSERT INTO audit_entry (id, asked_at, operation, username, user_key, user_level, recording_id, correlation_id,"
                        + " replica) SELECT CAST(lpad(to_hex(n), 32, '0') AS uuid), now() - n * INTERVAL '1 minute', 'stop',"
                        + " 'user' || n % 1000, 'user' || n % 1000, 10, CAST(lpad(to_hex(n), 32, '0') AS uuid), 'c', 'r'"
                        + " FROM generate_series(1, 300000) AS n");
        fill(
                "INSERT INTO audit_confirmation (id, entry_id, recording_id, confirmed_at) SELECT id, id, recording_id, asked_at"
                        + " FROM audit_entry");
        fill(
                "INSERT INTO pending_stop (attempt_id, target, recording_id, state, overdue_at) SELECT id, 'id ' || id, id, 'U',"
                        + " now() FROM live_recording LIMIT 10000");
        fill("ANALYZE");
        assertTrue(System.nanoTime() - started < TimeUnit.MINUTES.toNanos(2));
    }

    private static void fill(String sql) {
        database.inLongTransaction(java.time.Duration.ofMinutes(1), connection -> {
            Sql.of(sql).execute(connection);
            return null;
        });
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 FROM live_recording WHERE id = '00000000-0000-0000-0000-000000000007'",
                "SELECT 1 FROM live_recording WHERE device_key = 'sep7' ORDER BY id",
                "SELECT 1 FROM live_recording WHERE directory_number = '7' ORDER BY id",
                "SELECT 1 FROM live_recording WHERE device_key = 'sep7' AND directory_number = '7' ORDER BY id",
                "SELECT 1 FROM live_recording WHERE directory_number = '7' AND (device_key IS NULL OR device_key = 'sep7')",
                "SELECT 1 FROM live_recording WHERE status = 'START_PENDING' ORDER BY id",
                "SELECT 1 FROM live_recording WHERE id > '00000000-0000-0000-0000-000000000007' ORDER BY id LIMIT 20",
                "UPDATE live_recording SET status = 'PAUSED' WHERE id = '00000000-0000-0000-0000-000000000007'",
                "DELETE FROM live_recording WHERE id = '00000000-0000-0000-0000-000000000007'",
                "SELECT 1 FROM pending_stop WHERE target = 'id 7' ORDER BY attempt_id FOR UPDATE",
                "DELETE FROM pending_stop WHERE attempt_id = ANY (ARRAY[CAST('00000000-0000-0000-0000-000000000007' AS uuid)])",
                "SELECT 1 FROM line WHERE device_key = 'sep7' AND directory_number = '7'",
                "SELECT 1 FROM line WHERE device_key = 'sep7'",
                "SELECT 1 FROM line WHERE directory_number = '7'",
                "SELECT 1 FROM line WHERE user_key = 'user7'",
                "SELECT 1 FROM audit_entry e LEFT JOIN audit_end x ON x.entry_id = e.id"
                        + " ORDER BY e.asked_at DESC, e.id DESC LIMIT 101",
                "SELECT 1 FROM audit_entry e LEFT JOIN audit_end x ON x.entry_id = e.id WHERE e.user_key = 'user7'"
                        + " ORDER BY e.asked_at DESC, e.id DESC LIMIT 101",
                "SELECT 1 FROM audit_entry e LEFT JOIN audit_end x ON x.entry_id = e.id WHERE e.id IN"
                        + " (SELECT id FROM audit_entry WHERE recording_id = '00000000-0000-0000-0000-000000000007'"
                        + " UNION SELECT entry_id FROM audit_confirmation"
                        + " WHERE recording_id = '00000000-0000-0000-0000-000000000007')"
                        + " ORDER BY e.asked_at DESC, e.id DESC LIMIT 101",
                "SELECT 1 FROM audit_confirmation WHERE entry_id = ANY"
                        + " (ARRAY[CAST('00000000-0000-0000-0000-000000000007' AS uuid)])",
                "SELECT id FROM audit_entry WHERE asked_at < now() - INTERVAL '1 year' ORDER BY asked_at, id LIMIT 1000"
            })
    void everyLookupUsesAnIndex(String sql) {
        List<String> plan =
                database.call(connection -> Sql.of("EXPLAIN " + sql).list(connection, row -> row.getString(1)));
        // A table that holds nothing is read as a whole, and rightly so.
        assertFalse(
                plan.stream().anyMatch(step -> step.contains("Seq Scan") && !step.contains("audit_end")),
                () -> String.join("\n", plan));
    }

    @Test
    void lookupsStayFlat() {
        PostgresLiveRecordingRepository registry = new PostgresLiveRecordingRepository(database);
        long started = System.nanoTime();
        for (int i = 1; i <= 1000; i++) {
            int n = i * 97;
            assertEquals(
                    1,
                    registry.find(new LineSelector(DeviceName.of("SEP" + n), DirectoryNumber.of("" + n)))
                            .size());
            assertTrue(registry.find(new RecordingId(new UUID(0, n))).isPresent());
        }
        long microsEach = (System.nanoTime() - started) / 2_000_000;
        assertTrue(microsEach < 5_000, () -> microsEach + " µs each");
    }
}
