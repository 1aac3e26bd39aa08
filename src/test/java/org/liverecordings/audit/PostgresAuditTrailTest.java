package org.liverecordings.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditLog.Confirmation;
import org.liverecordings.recording.audit.AuditLog.Cursor;
import org.liverecordings.recording.audit.AuditLog.Item;
import org.liverecordings.recording.audit.AuditLog.Page;
import org.liverecordings.recording.audit.AuditLog.Query;
import org.liverecordings.recording.audit.AuditLog.Reader;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Entry;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.audit.AuditTrail.Outcome;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.support.LogLines;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresAuditTrailTest {

    private static final RecordingId A = new RecordingId(UUID.fromString("75a90276-e47e-4e9e-b463-e3c743d5ff3a"));
    private static final RecordingId B = new RecordingId(UUID.fromString("75a90276-e47e-4e9e-b463-e3c743d5ff3b"));
    private static final Duration TOOK = Duration.ofMillis(12);

    private static AgroalDataSource pool;

    private final Database database = new Database(pool);
    private final PostgresAuditTrail trail =
            new PostgresAuditTrail(database, new LogAuditTrail(InstantSource.system()), "replica-1");

    @BeforeAll
    static void connect() {
        pool = PostgresServer.shared().migrated();
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @BeforeEach
    void clear() {
        database.update(Sql.of("DELETE FROM audit_entry"));
        database.update(Sql.of("DELETE FROM line"));
        database.update(Sql.of("DELETE FROM live_recording"));
    }

    @Test
    void whatCantBeNotedIsInTheLogAtLeast() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setPortNumbers(new int[] {ServiceProcess.freePort()});
        PostgresAuditTrail away =
                new PostgresAuditTrail(new Database(nowhere), new LogAuditTrail(InstantSource.system()), "replica-1");
        try (LogLines log = LogLines.listen()) {
            assertThrows(StoreUnavailableException.class, () -> away.asked(stop("alice", "x")));
            assertEquals(
                    List.of("stop user=alice address=10.1.2.3 id=x outcome=failed"),
                    log.with("stop user=alice").stream()
                            .map(line -> line.replaceFirst(" durationMs=.*", ""))
                            .toList());
        }
    }

    /** As on an engine that refuses transactions that conflict. */
    @Test
    void ofAnAttemptThatIsRunAgainTheLogKnowsNothing() {
        // Given
        AtomicInteger runs = new AtomicInteger();
        try (AgroalDataSource serializable = PostgresServer.shared().migratedSerializable();
                LogLines log = LogLines.listen()) {
            Database strict = new Database(serializable);
            PostgresAuditTrail strictTrail =
                    new PostgresAuditTrail(strict, new LogAuditTrail(InstantSource.system()), "replica-1");
            // When
            strict.run(() -> {
                count(strict, "hold");
                if (runs.incrementAndGet() == 1) {
                    CompletableFuture.runAsync(() -> changeWhatWasRead(strict), work -> new Thread(work).start())
                            .join();
                }
                Entry entry = strictTrail.asked(stop("alice", "x"));
                strictTrail.ended(entry, new Outcome(Result.DONE, null, List.of(A), TOOK, null));
            });
            // Then
            assertEquals(2, runs.get());
            assertEquals(
                    List.of("stop user=alice address=10.1.2.3 id=x outcome=done recordings=" + A
                            + " durationMs=12 correlationId=c-1"),
                    log.with("stop user=alice"));
        }
    }

    /** Reads what the other transaction will write, and writes what it has read. */
    private static void changeWhatWasRead(Database database) {
        database.run(() -> {
            count(database, "audit_entry");
            database.update(Sql.of("INSERT INTO hold (line, id, username, put_at, ends_at)"
                    + " VALUES ('x', gen_random_uuid(), 'bob', now(), now())"));
        });
    }

    private static void count(Database database, String table) {
        database.first(Sql.of("SELECT count(*) FROM " + table), row -> row.getLong(1));
    }

    @Test
    void anEntryTellsAllThatIsKnown() {
        Instant before = Instant.now().minusSeconds(60);
        Entry entry = trail.asked(stop("alice", "{75A90276-E47E-4e9e-B463-E3C743D5FF3A}"));
        trail.ended(entry, new Outcome(Result.DONE, null, List.of(A), TOOK, null));
        Item item = only(all());
        assertEquals(entry.id(), item.id());
        assertEquals(entry.at(), item.askedAt());
        assertEquals(true, item.askedAt().isAfter(before));
        assertEquals("stop", item.operation());
        assertEquals("alice", item.user());
        assertEquals(10, item.level());
        assertEquals("10.1.2.3", item.address());
        assertEquals("{75A90276-E47E-4e9e-B463-E3C743D5FF3A}", item.askedId());
        assertNull(item.deviceName());
        assertNull(item.directoryNumber());
        assertEquals("done", item.result());
        assertNull(item.reason());
        assertEquals(1, item.confirmations().size());
        assertEquals(A, item.confirmations().get(0).recording());
        assertFalse(item.confirmations().get(0).at().isBefore(item.askedAt()));
        assertNotNull(item.endedAt());
        assertEquals(TOOK, item.duration());
        assertNull(item.cause());
        assertEquals("replica-1", item.replica());
        assertEquals("c-1", item.correlationId());
    }

    @Test
    void anEntryIsOnTheLogAsWell() {
        try (LogLines log = LogLines.listen()) {
            Entry entry = trail.asked(stop("alice", A.toString()));
            trail.ended(entry, new Outcome(Result.REJECTED, 2, List.of(), TOOK, null));
            assertEquals(
                    List.of("stop user=alice address=10.1.2.3 id=" + A
                            + " outcome=rejected reason=2 durationMs=12 correlationId=c-1"),
                    log.with("outcome="));
        }
    }

    @Test
    void aUserThatMayNotChangeTheTrailCanWriteIt() {
        database.update(Sql.of("CREATE ROLE writer"));
        database.update(Sql.of(
                "GRANT SELECT, INSERT ON audit_entry, audit_confirmation, audit_end, audit_line_group" + " TO writer"));
        database.update(Sql.of("GRANT SELECT ON line, live_recording TO writer"));
        try {
            database.run(() -> {
                database.update(Sql.of("SET LOCAL ROLE writer"));
                Entry entry = trail.asked(stop("alice", A.toString()));
                trail.ended(entry, new Outcome(Result.DONE, null, List.of(A), TOOK, null));
            });
            assertThrows(
                    IllegalStateException.class,
                    () -> database.run(() -> {
                        database.update(Sql.of("SET LOCAL ROLE writer"));
                        database.update(Sql.of("UPDATE audit_entry SET username = 'mallory'"));
                    }));
        } finally {
            database.update(Sql.of("DROP OWNED BY writer"));
            database.update(Sql.of("DROP ROLE writer"));
        }
        assertEquals(1, only(all()).confirmations().size());
    }

    @Test
    void ofARolledBackEndTheLogKnowsNothing() {
        Entry entry = trail.asked(stop("alice", A.toString()));
        try (LogLines log = LogLines.listen()) {
            assertThrows(
                    IllegalStateException.class,
                    () -> database.run(() -> {
                        trail.ended(entry, new Outcome(Result.DONE, null, List.of(A), TOOK, null));
                        throw new IllegalStateException("no");
                    }));
            assertEquals(List.of(), log.with("outcome="));
            trail.ended(entry, new Outcome(Result.UNKNOWN, null, List.of(), TOOK, null));
            trail.ended(entry, new Outcome(Result.DONE, null, List.of(), TOOK, null));
            assertEquals("unknown", only(all()).result());
        }
    }

    @Test
    void whatANewerVersionWroteIsShownAsItIs() {
        Entry entry = trail.asked(stop("alice", A.toString()));
        trail.ended(entry, new Outcome(Result.DONE, null, List.of(A), TOOK, null));
        database.update(Sql.of("UPDATE audit_entry SET operation = 'transfer'"));
        database.update(Sql.of("UPDATE audit_end SET result = 'transferred'"));

        Item item = only(all());

        assertEquals(List.of("transfer", "transferred"), List.of(item.operation(), item.result()));
    }

    @Test
    void anEntryWithoutAnEndIsUnknown() {
        Entry entry = trail.asked(new Asked(Operation.PAUSE, caller("bob"), null, "SEP1", "101"));
        Item item = only(all());
        assertEquals("unknown", item.result());
        assertEquals("SEP1", item.deviceName());
        assertEquals("101", item.directoryNumber());
        assertEquals(List.of(), item.confirmations());
        assertNull(item.endedAt());
        assertNull(item.duration());
        assertEquals(Optional.empty(), trail.resultOf(entry));
    }

    @Test
    void whatWasConfirmedOfAFailedRequestIsOnTheTrailWithIt() {
        Entry entry = trail.asked(stop("alice", "x"));
        trail.ended(entry, new Outcome(Result.UNKNOWN, null, List.of(A, B), TOOK, null));
        assertEquals(
                Set.of(A, B),
                only(all()).confirmations().stream()
                        .map(Confirmation::recording)
                        .collect(Collectors.toSet()));
        assertEquals(Optional.of(Result.UNKNOWN), trail.resultOf(entry));
    }

    @Test
    void whatIsDoneWithoutAnIdHasAConfirmationWithoutOne() {
        Entry entry = trail.asked(stop("alice", "x"));
        trail.ended(entry, new Outcome(Result.DONE, null, List.of(), TOOK, null));
        assertEquals(1, only(all()).confirmations().size());
        assertNull(only(all()).confirmations().get(0).recording());
    }

    @Test
    void anAnswerThatIsGivenAgainSaysSoAndConfirmsNothing() {
        Entry entry = trail.asked(stop("alice", "x"));
        trail.ended(entry, new Outcome(Result.DONE, null, List.of(), TOOK, null, false, true));
        assertTrue(only(all()).repetition());
        assertEquals(List.of(), only(all()).confirmations());
    }

    @Test
    void aReasonAndACauseAreKept() {
        Entry rejected = trail.asked(stop("alice", "x"));
        trail.ended(rejected, new Outcome(Result.REJECTED, 0, List.of(), TOOK, null));
        assertEquals(0, only(all()).reason());
        clear();
        Entry failed = trail.asked(stop("alice", "x"));
        trail.ended(failed, new Outcome(Result.FAILED, null, List.of(), TOOK, new IllegalStateException("broken")));
        assertEquals("broken", only(all()).cause());
        assertNull(only(all()).reason());
    }

    @Test
    void aConfirmationIsPartOfTheUnitOfWork() {
        Entry entry = trail.asked(stop("alice", A.toString()));
        assertThrows(
                IllegalArgumentException.class,
                () -> database.run(() -> {
                    trail.ended(entry, new Outcome(Result.DONE, null, List.of(A), TOOK, null));
                    throw new IllegalArgumentException("no");
                }));
        assertEquals(List.of(), only(all()).confirmations());
    }

    @Test
    void whateverACallerSendsIsKeptWithinBounds() {
        trail.asked(stop("a\0b", "x".repeat(100_000)));
        Item item = only(all());
        assertEquals("a\uFFFDb", item.user());
        assertEquals("x".repeat(1000) + "…", item.askedId());
    }

    // Which entries

    @Test
    void aRecordingsEntriesAreThoseThatNamedItOrWereConfirmedForIt() {
        Entry named = trail.asked(stop("alice", A.toString()));
        Entry confirmed = trail.asked(new Asked(Operation.STOP, caller("bob"), null, null, "101"));
        trail.ended(confirmed, new Outcome(Result.DONE, null, List.of(A, B), TOOK, null));
        trail.asked(stop("carol", B.toString()));
        Page page = trail.find(Reader.OF_ALL, new Query(A, null, null, null, null, 10));
        assertEquals(List.of(confirmed.id(), named.id()), ids(page));
    }

    @Test
    void aUsersEntriesAreFoundWithoutRegardToCase() {
        Entry alices = trail.asked(stop("Alice", "x"));
        trail.asked(stop("alic", "x"));
        assertEquals(
                List.of(alices.id()), ids(trail.find(Reader.OF_ALL, new Query(null, "aLICE", null, null, null, 10))));
    }

    @Test
    void aTimeBeginsWithItsFirstMomentAndEndsBeforeItsLast() {
        Entry first = trail.asked(stop("alice", "1"));
        Entry second = trail.asked(stop("alice", "2"));
        Entry third = trail.asked(stop("alice", "3"));
        Page page = trail.find(Reader.OF_ALL, new Query(null, null, first.at(), third.at(), null, 10));
        assertEquals(List.of(second.id(), first.id()), ids(page));
    }

    @Test
    void aPageEndsWhereTheNextBegins() {
        List<UUID> asked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            asked.add(0, trail.asked(stop("alice", "x" + i)).id());
        }
        List<UUID> read = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Cursor next = null;
        do {
            Page page = trail.find(Reader.OF_ALL, new Query(null, "alice", null, null, next, 2));
            read.addAll(ids(page));
            sizes.add(page.items().size());
            next = page.next();
        } while (next != null);
        assertEquals(asked, read);
        assertEquals(List.of(2, 2, 1), sizes);
    }

    @Test
    void aFullLastPageHasNoNext() {
        trail.asked(stop("alice", "x"));
        assertNull(trail.find(Reader.OF_ALL, new Query(null, null, null, null, null, 1))
                .next());
    }

    // Which entries, to whom

    @Test
    void whoManagesAGroupSeesRequestsThatNamedItsLinesAndTheirOwn() {
        line("sep1", "101", "alice", "milan");
        line("sep2", "101", "bob", "rome");
        line("sep3", "103", null, null);
        recording(A, "sep1", "101");
        recording(B, null, "101");
        Entry byId = trail.asked(stop("alice", A.toString()));
        Entry byDialIn = trail.asked(stop("alice", B.toString()));
        Entry byDevice = trail.asked(new Asked(Operation.STOP, caller("bob"), null, "SEP1", null));
        Entry byNumber = trail.asked(new Asked(Operation.PAUSE, caller("bob"), null, null, "102"));
        Entry shared = trail.asked(new Asked(Operation.PAUSE, caller("bob"), null, null, "101"));
        Entry byBoth = trail.asked(new Asked(Operation.START, caller("bob"), null, "Sep1", "101"));
        Entry own = trail.asked(new Asked(Operation.START, caller("ALICE"), null, null, null));
        Entry mine = trail.asked(stop("alice", "Mine"));
        Entry othersMine = trail.asked(stop("bob", "Mine"));
        Entry elsewhere = trail.asked(new Asked(Operation.START, caller("bob"), null, "SEP2", "101"));
        Entry unknown = trail.asked(stop("bob", "no GUID"));
        Entry ungrouped = trail.asked(new Asked(Operation.STOP, caller("bob"), null, "SEP3", null));
        Entry nowhere = trail.asked(stop("bob", UUID.randomUUID().toString()));
        Entry managers = trail.asked(stop("Mia", "x"));
        database.update(Sql.of("UPDATE line SET group_key = 'turin'"));

        assertEquals(
                Set.of(
                        byId.id(),
                        byDialIn.id(),
                        byDevice.id(),
                        shared.id(),
                        byBoth.id(),
                        own.id(),
                        mine.id(),
                        managers.id()),
                Set.copyOf(seen("mia", "milan")));
        assertEquals(
                Set.of(byDialIn.id(), shared.id(), othersMine.id(), elsewhere.id()),
                Set.copyOf(seen("ann", "rome", "naples")));
        assertEquals(List.of(managers.id()), seen("mia", "turin"));
        Set<UUID> hidden = Set.of(byNumber.id(), unknown.id(), ungrouped.id(), nowhere.id());
        assertTrue(hidden.stream().noneMatch(seen("ann", "rome", "milan")::contains));
        assertEquals(
                14,
                ids(trail.find(Reader.OF_ALL, new Query(null, null, null, null, null, 100)))
                        .size());
    }

    @Test
    void whoManagesAGroupSeesAPageAtATimeAndTheOtherCriteriaHold() {
        line("sep1", "101", "alice", "milan");
        List<UUID> asked = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            trail.asked(stop("bob", "x"));
            asked.add(
                    0,
                    trail.asked(new Asked(Operation.STOP, caller("bob"), null, "SEP1", null))
                            .id());
        }
        Reader reader = new Reader("mia", Set.of(Line.Group.of("Milan")));
        Page first = trail.find(reader, new Query(null, "BOB", null, null, null, 2));
        assertEquals(asked.subList(0, 2), ids(first));
        Page second = trail.find(reader, new Query(null, "bob", null, null, first.next(), 2));
        assertEquals(asked.subList(2, 3), ids(second));
        assertNull(second.next());
        assertEquals(List.of(), ids(trail.find(reader, new Query(null, "alice", null, null, null, 2))));
    }

    private List<UUID> seen(String user, String... groups) {
        Reader reader = new Reader(user, Stream.of(groups).map(Line.Group::of).collect(Collectors.toSet()));
        return ids(trail.find(reader, new Query(null, null, null, null, null, 100)));
    }

    private void line(String device, String number, String user, String group) {
        database.update(Sql.of("INSERT INTO line (device_key, directory_number, device_name, username, user_key,"
                        + " tapi_monitorable, automatic_recording, group_key) VALUES (?, ?, ?, ?, ?, TRUE, FALSE, ?)")
                .with(device, number, device, user, user, group));
    }

    private void recording(RecordingId id, String device, String number) {
        database.update(
                Sql.of("INSERT INTO live_recording (id, device_name, device_key, directory_number, mode, origin,"
                                + " started_at, status) VALUES (?, ?, ?, ?, 'DIAL_IN', 'MANUAL', now(), 'RECORDING')")
                        .with(id.value(), device, device, number));
    }

    // Retention

    @Test
    void whatIsOlderIsRemovedWithAllThatBelongsToIt() {
        Entry old = trail.asked(stop("alice", "x"));
        trail.ended(old, new Outcome(Result.DONE, null, List.of(A), TOOK, null));
        Entry recent = trail.asked(stop("alice", "y"));
        age(old, "31 days");
        age(recent, "29 days");
        assertEquals(1, trail.removeOlderThan(Duration.ofDays(30)));
        assertEquals(0, trail.removeOlderThan(Duration.ofDays(30)));
        assertEquals(List.of(recent.id()), ids(all()));
    }

    @Test
    void muchIsRemovedInBatches() {
        database.update(Sql.of("INSERT INTO audit_entry (id, asked_at, operation, username, user_key, user_level,"
                + " correlation_id, replica) SELECT gen_random_uuid(), now() - INTERVAL '2 days', 'stop', 'a', 'a', 10, 'c',"
                + " 'r' FROM generate_series(1, 2500)"));
        assertEquals(1000, trail.removeOlderThan(Duration.ofDays(1)));
        assertEquals(1000, trail.removeOlderThan(Duration.ofDays(1)));
        assertEquals(500, trail.removeOlderThan(Duration.ofDays(1)));
    }

    private void age(Entry entry, String age) {
        database.update(Sql.of("UPDATE audit_entry SET asked_at = now() - CAST(? AS interval) WHERE id = ?")
                .with(age, entry.id()));
    }

    private Page all() {
        return trail.find(Reader.OF_ALL, new Query(null, null, null, null, null, 10));
    }

    private static Item only(Page page) {
        assertEquals(1, page.items().size());
        return page.items().get(0);
    }

    private static List<UUID> ids(Page page) {
        return page.items().stream().map(Item::id).toList();
    }

    private static Asked stop(String user, String id) {
        return new Asked(Operation.STOP, caller(user), id, null, null);
    }

    private static Caller caller(String user) {
        return new Caller(user, 10, "10.1.2.3", "c-1");
    }
}
