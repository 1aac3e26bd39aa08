package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.audit.PostgresAuditTrail;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.lines.PostgresLineCapabilities;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditLog.Cursor;
import org.liverecordings.recording.audit.AuditLog.Query;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.Statements;
import org.liverecordings.support.Statements.Ran;

/** 100,000 live recordings, 200,000 lines, 300,000 entries of the trail. */
class PostgresScaleTest {

    private static AgroalDataSource pool;
    private static Database database;
    private static Statements statements;
    private static Database noted;

    @BeforeAll
    static void fill() {
        pool = PostgresServer.shared().migrated();
        database = new Database(pool);
        statements = Statements.on(pool);
        noted = new Database(statements.source());
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
                "INSERT INTO audit_end (entry_id, ended_at, result, duration_ms) SELECT id, asked_at, 'done', 7 FROM audit_entry");
        // Of what is unsettled there are never many; most of these are told to somebody and wait to be swept.
        fill("INSERT INTO pending_stop (attempt_id, target, recording_id, state, overdue_at, expires_at, device_key,"
                + " directory_number, manual_dial_in) SELECT id, 'id ' || id, id,"
                + " CASE WHEN directory_number LIKE '%77' THEN 'S' WHEN directory_number LIKE '%7' THEN 'U' ELSE 'C' END,"
                + " now(), now() + INTERVAL '5 minutes', device_key, directory_number, FALSE FROM live_recording"
                + " ORDER BY id LIMIT 10000");
        fill("ANALYZE");
    }

    private static void fill(String sql) {
        database.inLongTransaction(Duration.ofMinutes(1), connection -> {
            Sql.of(sql).execute(connection);
            return null;
        });
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    static Stream<Arguments> lookups() {
        return Stream.of(registryLookups(), pendingLookups(), lineLookups(), trailLookups())
                .flatMap(lookups -> lookups);
    }

    private static Stream<Arguments> registryLookups() {
        PostgresLiveRecordingRepository registry = new PostgresLiveRecordingRepository(noted);
        return Stream.of(
                lookup("find by id", () -> registry.find(id(7))),
                lookup("find on a device", () -> registry.find(on("SEP7", null))),
                lookup("find on a number", () -> registry.find(on(null, "7"))),
                lookup("find on both", () -> registry.find(on("SEP7", "7"))),
                lookup("find on numbers", () -> registry.findOn(numbers(20))),
                lookup("find the start pending", registry::findStartPending),
                lookup("find the first page", () -> registry.findAfter(null, 20)),
                lookup("find the next page", () -> registry.findAfter(id(7), 20)),
                lookup("add if the line is free", () -> registry.addIfLineIsFree(recording(id(200_001), 200_001))),
                lookup("add", () -> registry.addAll(List.of(recording(id(200_002), 200_002)))),
                lookup("import once", () -> registry.importOnce(List.of(recording(id(200_003), 200_003)))),
                lookup("change", () -> registry.change(id(8), RecordingStatus.RECORDING, RecordingStatus.PAUSED)),
                lookup(
                        "change another",
                        () -> registry.change(id(8), RecordingStatus.RECORDING, RecordingStatus.PAUSED)),
                lookup("remove", () -> registry.remove(id(9))));
    }

    private static Stream<Arguments> pendingLookups() {
        return Stream.of(null, Duration.ofMinutes(5)).flatMap(PostgresScaleTest::pendingLookups);
    }

    private static Stream<Arguments> pendingLookups(Duration keep) {
        PostgresPendingStops pending = new PostgresPendingStops(noted, Duration.ofSeconds(5), keep);
        String kept = keep == null ? "" : ", kept";
        RecordingTarget target = target(1077);
        return Stream.of(
                lookup("in flight" + kept, () -> pending.inFlight(target)),
                lookup("untold by id" + kept, () -> pending.untold(target)),
                lookup("untold on a device" + kept, () -> pending.untold(on(on("SEP1077", null)))),
                lookup("untold on a number" + kept, () -> pending.untold(on(on(null, "1077")))),
                lookup("untold on both" + kept, () -> pending.untold(on(on("SEP1077", "1077")))),
                lookup("untold on a line" + kept, () -> pending.untold(line(1077))),
                lookup("end" + kept, () -> pending.end(pending.begin(target(10_001)))),
                lookup("end unknown" + kept, () -> pending.endUnknown(pending.begin(target(10_002)))),
                lookup("end stopped" + kept, () -> pending.endStopped(pending.begin(target(10_002)))),
                lookup("end telling" + kept, () -> pending.endTelling(pending.beginTelling(target(10_003)))),
                lookup("give up telling" + kept, () -> pending.giveUpTelling(pending.beginTelling(target(10_004)))),
                lookup("tell what left the registry" + kept, () -> pending.beginTelling(target(300_000))),
                lookup("take the untold" + kept, () -> pending.takeUntold(target(1177))),
                lookup("take the unknown" + kept, () -> pending.takeUnknown(target(1007))),
                lookup("claimable" + kept, () -> pending.isClaimable(target)),
                lookup("unknown" + kept, () -> pending.unknownFor(id(1077))),
                // These two are about all that is unsettled.
                lookup("all unknown" + kept, pending::unknownRecordings, "pending_stop"),
                lookup("sweep" + kept, pending::sweep, "pending_stop"));
    }

    private static Stream<Arguments> lineLookups() {
        PostgresLineCapabilities lines = new PostgresLineCapabilities(noted);
        return Stream.of(
                lookup("line", () -> lines.find(DeviceName.of("SEP7"), DirectoryNumber.of("7"))),
                lookup("lines of a device", () -> lines.find(on("SEP7", null))),
                lookup("lines of a number", () -> lines.find(on(null, "7"))),
                lookup("lines of numbers", () -> lines.ofNumbers(numbers(1000))),
                lookup("lines of a user", () -> lines.ofUser("user7")));
    }

    private static Stream<Arguments> trailLookups() {
        PostgresAuditTrail trail = new PostgresAuditTrail(noted, new LogAuditTrail(InstantSource.system()), "replica");
        Instant to = Instant.now().minus(Duration.ofDays(100));
        Instant from = to.minus(Duration.ofDays(1));
        Cursor after = new Cursor(to, new UUID(0, 7));
        return Stream.of(
                lookup("trail", () -> trail.find(new Query(null, null, null, null, null, 100))),
                lookup("trail of a recording", () -> trail.find(new Query(id(7), null, null, null, null, 100))),
                lookup("trail of a user", () -> trail.find(new Query(null, "user7", null, null, null, 100))),
                lookup("trail from", () -> trail.find(new Query(null, null, from, null, null, 100))),
                lookup("trail until", () -> trail.find(new Query(null, null, null, to, null, 100))),
                lookup("trail from until", () -> trail.find(new Query(null, null, from, to, null, 100))),
                lookup("trail of a user from until", () -> trail.find(new Query(null, "user7", from, to, null, 100))),
                lookup("next page of the trail", () -> trail.find(new Query(null, null, null, null, after, 1000))),
                lookup(
                        "next page of the trail of a user",
                        () -> trail.find(new Query(null, "user7", null, null, after, 1000))));
    }

    @ParameterizedTest
    @MethodSource("lookups")
    void everyLookupUsesAnIndex(Runnable lookup, Set<String> readAsAWhole) {
        List<Ran> ran = statements.during(lookup);
        assertFalse(ran.isEmpty());
        for (Ran each : ran) {
            assertUsesIndexes(each, readAsAWhole);
        }
    }

    private static void assertUsesIndexes(Ran ran, Set<String> readAsAWhole) {
        for (String step : ran.plan()) {
            Matcher scan = Pattern.compile("Seq Scan on (\\w+)").matcher(step);
            assertTrue(
                    !scan.find() || readAsAWhole.contains(scan.group(1)),
                    () -> ran.text() + '\n' + String.join("\n", ran.plan()));
        }
    }

    @Test
    void oldEntriesOfTheTrailAreRemovedByIndexes() {
        PostgresAuditTrail trail = new PostgresAuditTrail(noted, new LogAuditTrail(InstantSource.system()), "replica");
        List<Ran> ran = statements.during(() -> assertEquals(1000, trail.removeOlderThan(Duration.ofDays(200))));
        assertEquals(1, ran.size());
        assertUsesIndexes(ran.get(0), Set.of());
    }

    /** What refers to a removed row is looked up for each of them, which no plan tells. */
    @Test
    void whatRefersToAnotherTableIsFoundByAnIndex() {
        List<String> unindexed =
                database.call(connection -> Sql.of("SELECT conrelid::regclass || '.' || conname AS name"
                                + " FROM pg_constraint WHERE contype = 'f' AND NOT EXISTS (SELECT 1 FROM pg_index"
                                + " WHERE indrelid = conrelid AND indkey[0] = conkey[1])")
                        .list(connection, row -> row.getString("name")));

        assertEquals(List.of(), unindexed);
    }

    private static Arguments lookup(String name, Runnable lookup, String... readAsAWhole) {
        return Arguments.of(Named.of(name, lookup), Set.of(readAsAWhole));
    }

    private static RecordingId id(long number) {
        return new RecordingId(new UUID(0, number));
    }

    private static RecordingTarget target(long number) {
        return new RecordingTarget.ById(id(number));
    }

    private static RecordingTarget on(LineSelector selector) {
        return new RecordingTarget.OnLine(selector);
    }

    private static LineSelector on(String device, String number) {
        return new LineSelector(DeviceName.ofNullable(device), DirectoryNumber.ofNullable(number));
    }

    private static Line line(int number) {
        return new Line(DeviceName.of("SEP" + number), DirectoryNumber.of(Integer.toString(number)), null, true, false);
    }

    private static List<DirectoryNumber> numbers(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> DirectoryNumber.of(Integer.toString(number)))
                .toList();
    }

    private static LiveRecording recording(RecordingId id, int number) {
        return new LiveRecording(
                id,
                DeviceName.of("SEP" + number),
                DirectoryNumber.of(Integer.toString(number)),
                RecordingMode.MEDIA_FORKING,
                RecordingOrigin.MANUAL,
                Instant.now(),
                RecordingStatus.START_PENDING);
    }
}
