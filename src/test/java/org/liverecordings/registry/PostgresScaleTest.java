package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.STOP;

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
import org.liverecordings.recording.audit.AuditLog.Reader;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.idempotency.StoredAnswer;
import org.liverecordings.recording.store.Settlement;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Unsettled;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.registry.postgres.PostgresEventLog;
import org.liverecordings.registry.postgres.PostgresEvents;
import org.liverecordings.registry.postgres.PostgresHolds;
import org.liverecordings.registry.postgres.PostgresIdempotencyKeys;
import org.liverecordings.registry.postgres.PostgresLiveRecordingRepository;
import org.liverecordings.registry.postgres.PostgresStopLeases;
import org.liverecordings.registry.postgres.PostgresTimers;
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
                "INSERT INTO live_recording (id, device_name, device_key, directory_number, mode, origin, started_at, status,"
                        + " told) SELECT CAST(lpad(to_hex(n), 32, '0') AS uuid), 'SEP' || n, 'sep' || n, '' || n, 'MEDIA_FORKING',"
                        + " 'MANUAL', now(), 'RECORDING', 'RECORDING' FROM generate_series(1, 100000) AS n");
        fill("INSERT INTO line (device_key, directory_number, device_name, username, user_key, tapi_monitorable,"
                + " automatic_recording, group_key) SELECT 'sep' || n, '' || n, 'SEP' || n, 'user' || n, 'user' || n, TRUE, FALSE,"
                + " 'team' || n % 1000"
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
        fill(
                "INSERT INTO audit_line_group (entry_id, group_key) SELECT id, 'team' || substr(username, 5) FROM audit_entry");
        fill(
                "INSERT INTO hold (line, id, device_name, directory_number, username, put_at, ends_at) SELECT 'line 0  ' || directory_number,"
                        + " id, NULL, directory_number, 'alice', now(), now() + INTERVAL '1 hour' FROM live_recording");
        fill("INSERT INTO timer (id, recording_id, request_id, action, due_at, username, correlation_id, settled_at,"
                + " next_at, attempts) SELECT id, id, id, 'RESUME', now() + INTERVAL '1 hour', 'alice', 'c', now(),"
                + " now() + INTERVAL '1 hour', 0 FROM live_recording ORDER BY id LIMIT 20000");
        // Of what is unsettled there are never many; most of these are told to somebody and wait to be swept.
        fill(
                "INSERT INTO stop_lease (target, holder, state, asking_until, kept_until, inherited, claimed, line, username,"
                        + " manager) SELECT 'id ' || id, id, CASE WHEN directory_number LIKE '%7' THEN 'UNKNOWN' ELSE 'CLAIMED' END,"
                        + " now(), now() + INTERVAL '5 minutes', FALSE, directory_number NOT LIKE '%7',"
                        + " 'line 0  ' || directory_number, 'user ' || device_key, 'manager ' || device_key FROM"
                        + " live_recording ORDER BY id LIMIT 10000");
        fill(
                "INSERT INTO idempotency_key (user_key, idempotency_key, fingerprint, holder, held_until, kept_until, status)"
                        + " SELECT 'user7', '' || id, '', id, now(), now() + INTERVAL '1 day', 204 FROM live_recording");
        fill("INSERT INTO event (id, position, at, type, recording_id, directory_number, recorder, inferred) SELECT id,"
                + " 300001 - row_number() OVER (ORDER BY asked_at DESC), asked_at,"
                + " 'STOPPED', id, '7', 'embedded', false FROM audit_entry");
        fill("UPDATE event_counter SET last = 300000");
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
        return Stream.of(
                        registryLookups(),
                        leaseLookups(),
                        holdLookups(),
                        keyLookups(),
                        lineLookups(),
                        trailLookups(),
                        eventLookups(),
                        timerLookups())
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
                lookup("find the unsettled", registry::findUnsettled),
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

    private static Stream<Arguments> timerLookups() {
        PostgresTimers timers = new PostgresTimers(noted);
        List<RecordingId> some = List.of(id(7), id(8));
        UUID request = new UUID(0, 7);
        Timers.Setter setter = new Timers.Setter(request, "alice", "c", Duration.ZERO);
        Timers.Due due = new Timers.Due(request, id(7), Timers.Action.RESUME, Instant.now(), "alice", "c", 0);
        return Stream.of(
                lookup("set timers", () -> timers.set(some, Timers.Action.STOP, Duration.ofHours(1), setter)),
                lookup("keep and take back timers", () -> timers.settle(request, List.of(id(7)), List.of(id(8)))),
                lookup("end timers of pauses", () -> timers.pauseChanged(some, Instant.now())),
                // The first row will do.
                lookup("whether there are timers", timers::isEmpty, "timer"),
                lookup("timers of recordings", () -> timers.of(some)),
                lookup("take timers", () -> timers.take(20, Duration.ofSeconds(1))),
                lookup("put a timer off", () -> timers.putOff(due, Duration.ofSeconds(1))),
                lookup("forget a timer", () -> timers.forget(due)));
    }

    private static Stream<Arguments> eventLookups() {
        PostgresEvents events = new PostgresEvents(noted, true, "embedded");
        PostgresEventLog log = new PostgresEventLog(noted, events);
        return Stream.of(
                lookup("tell of a change", () -> events.changed(List.of(id(77)), STOP)),
                lookup("events after a position", () -> log.after(299_990, 20), "event_counter"),
                lookup("the latest event", log::latest, "event_counter"),
                lookup("the oldest event", log::forgottenUpTo, "event_counter"),
                lookup(
                        "events since a time",
                        () -> log.before(Instant.now().minus(Duration.ofDays(30))),
                        "event_counter"),
                lookup("remove old events", () -> log.removeOlderThan(Duration.ofDays(36_500))),
                lookup("what is unpublished", log::noteForgotten));
    }

    private static Stream<Arguments> leaseLookups() {
        return Stream.of(true, false).flatMap(PostgresScaleTest::leaseLookups);
    }

    private static Stream<Arguments> leaseLookups(boolean entriesDecide) {
        StopLeases leases =
                new PostgresStopLeases(noted, entriesDecide, Duration.ofMinutes(5), Duration.ofHours(1), "embedded");
        String how = entriesDecide ? ", by entry" : ", by lease";
        Set<RecordingTarget> targets = Set.of(target(1077), target(20_001));
        UUID entry = new UUID(0, 7);
        Settlement settlement = new Settlement(
                entry, targets, targets, Set.of(), entry, Duration.ZERO, new Settlement.Answers(KEY, DONE, DONE), STOP);
        return Stream.of(
                lookup("take" + how, () -> leases.take(entry, targets, null, Duration.ofMinutes(1))),
                lookup("found on a line" + how, () -> leases.foundBy(on(on(null, "1077")))),
                lookup("found for a user" + how, () -> leases.foundBy(new RecordingTarget.OfUser("sep1077"))),
                lookup("found for a manager" + how, () -> leases.foundBy(new RecordingTarget.OfManager("sep1077"))),
                lookup("settle" + how, () -> leases.settle(settlement)),
                lookup(
                        "give back" + how,
                        () -> leases.giveBack(
                                new Unsettled(entry, targets, Set.of(target(5)), Set.of(target(6)), STOP))),
                lookup("open" + how, () -> leases.isOpen(id(1077))),
                lookup("sweep" + how, leases::removeLapsed));
    }

    private static Stream<Arguments> holdLookups() {
        PostgresHolds holds = new PostgresHolds(noted);
        return Stream.of(
                lookup("put a hold", () -> holds.put(List.of(on("SEP7", "7")), "legal", "bob", Duration.ofHours(1))),
                lookup("find what covers a line", () -> holds.covering(List.of(on("SEP7", "7")))),
                lookup("find a hold", () -> holds.find(new UUID(0, 7))),
                lookup("find the latest holds", () -> holds.latest(100)),
                lookup("lift a hold", () -> holds.lift(new UUID(0, 7))),
                lookup("remove what lapsed on a line", () -> holds.removeLapsed(List.of(on("SEP7", "7")))),
                lookup("sweep the holds", () -> holds.removeLapsed(100)));
    }

    private static final StoredAnswer DONE = new StoredAnswer(204, null, null);
    private static final IdempotencyKey KEY = new IdempotencyKey("user7", "k", "f", null);

    private static Stream<Arguments> keyLookups() {
        PostgresIdempotencyKeys keys = new PostgresIdempotencyKeys(noted, Duration.ofHours(1));
        UUID holder = new UUID(0, 8);
        return Stream.of(
                lookup("take a key", () -> keys.take(KEY, holder, Duration.ofMinutes(1))),
                lookup("store an answer", () -> keys.store(KEY, holder, DONE)),
                lookup("find an answer", () -> keys.take(KEY, holder, Duration.ofMinutes(1))),
                lookup("release a key", () -> keys.release(KEY, holder)),
                lookup("sweep the keys", keys::removeLapsed));
    }

    private static Stream<Arguments> lineLookups() {
        PostgresLineCapabilities lines = new PostgresLineCapabilities(noted);
        return Stream.of(
                lookup("line", () -> lines.find(DeviceName.of("SEP7"), DirectoryNumber.of("7"))),
                lookup("lines of a device", () -> lines.find(on("SEP7", null))),
                lookup("lines of a number", () -> lines.find(on(null, "7"))),
                lookup("lines of numbers", () -> lines.ofNumbers(numbers(1000))),
                lookup("lines of a user", () -> lines.ofUser("user7")),
                lookup("lines of users", () -> lines.ofUsers(List.of("user7", "user8"))));
    }

    private static Stream<Arguments> trailLookups() {
        PostgresAuditTrail trail = new PostgresAuditTrail(noted, new LogAuditTrail(InstantSource.system()), "replica");
        Instant to = Instant.now().minus(Duration.ofDays(100));
        Instant from = to.minus(Duration.ofDays(1));
        Cursor after = new Cursor(to, new UUID(0, 7));
        Reader team = new Reader("user8", Set.of(Line.Group.of("team7")));
        return Stream.of(
                lookup(
                        "note of an id",
                        () -> trail.asked(new Asked(Operation.STOP, ALICE, id(7).toString(), null, null))),
                lookup("note of a device", () -> trail.asked(new Asked(Operation.STOP, ALICE, null, "SEP7", null))),
                lookup("note of a number", () -> trail.asked(new Asked(Operation.STOP, ALICE, null, null, "7"))),
                lookup("note of both", () -> trail.asked(new Asked(Operation.STOP, ALICE, null, "SEP7", "7"))),
                lookup("note of the own lines", () -> trail.asked(new Asked(Operation.STOP, ALICE, null, null, null))),
                lookup("trail of a team", () -> trail.find(team, new Query(null, null, null, null, null, 100))),
                lookup(
                        "trail of a team and a user",
                        () -> trail.find(team, new Query(null, "user7", null, null, null, 100))),
                lookup(
                        "next page of the trail of a team",
                        () -> trail.find(team, new Query(null, null, null, null, after, 100))),
                lookup("trail", () -> trail.find(Reader.OF_ALL, new Query(null, null, null, null, null, 100))),
                lookup(
                        "trail of a recording",
                        () -> trail.find(Reader.OF_ALL, new Query(id(7), null, null, null, null, 100))),
                lookup(
                        "trail of a user",
                        () -> trail.find(Reader.OF_ALL, new Query(null, "user7", null, null, null, 100))),
                lookup("trail from", () -> trail.find(Reader.OF_ALL, new Query(null, null, from, null, null, 100))),
                lookup("trail until", () -> trail.find(Reader.OF_ALL, new Query(null, null, null, to, null, 100))),
                lookup("trail from until", () -> trail.find(Reader.OF_ALL, new Query(null, null, from, to, null, 100))),
                lookup(
                        "trail of a user from until",
                        () -> trail.find(Reader.OF_ALL, new Query(null, "user7", from, to, null, 100))),
                lookup(
                        "next page of the trail",
                        () -> trail.find(Reader.OF_ALL, new Query(null, null, null, null, after, 1000))),
                lookup(
                        "next page of the trail of a user",
                        () -> trail.find(Reader.OF_ALL, new Query(null, "user7", null, null, after, 1000))));
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
        List<String> unindexed = database.list(
                Sql.of("SELECT conrelid::regclass || '.' || conname AS name"
                        + " FROM pg_constraint WHERE contype = 'f' AND NOT EXISTS (SELECT 1 FROM pg_index"
                        + " WHERE indrelid = conrelid AND indkey[0] = conkey[1])"),
                row -> row.getString("name"));

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
