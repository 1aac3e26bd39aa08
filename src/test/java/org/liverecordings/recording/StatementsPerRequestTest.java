package org.liverecordings.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.BOB;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.audit.PostgresAuditTrail;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.lines.PostgresLineCapabilities;
import org.liverecordings.recorder.embedded.EmbeddedCallRecorder;
import org.liverecordings.recorder.embedded.EmbeddedConfig;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.idempotency.AnswerWriter;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.idempotency.StoredAnswer;
import org.liverecordings.recording.list.ListRecordingsUseCase;
import org.liverecordings.recording.list.RegistryListRecordings;
import org.liverecordings.recording.pause.PauseRecordingUseCase;
import org.liverecordings.recording.pause.PauseRequest;
import org.liverecordings.recording.pause.RegistryPauseRecording;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ScriptedRecorder;
import org.liverecordings.recording.stop.RegistryStopRecording;
import org.liverecordings.recording.stop.StopHolds;
import org.liverecordings.recording.stop.StopRecordingUseCase;
import org.liverecordings.recording.stop.StopRequest;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.registry.postgres.PostgresHolds;
import org.liverecordings.registry.postgres.PostgresIdempotencyKeys;
import org.liverecordings.registry.postgres.PostgresLiveRecordingRepository;
import org.liverecordings.registry.postgres.PostgresStopLeases;
import org.liverecordings.registry.postgres.PostgresTimers;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.Settings;
import org.liverecordings.support.Statements;

/** However much is being recorded, a request asks PostgreSQL a few times: connections are there for stops. */
class StatementsPerRequestTest {

    private static final int LIVE = 5000;

    /** So many of them are on lines of Bob's, some of these on one shared number. */
    private static final int BOBS = 60;

    private static AgroalDataSource pool;
    private static Statements statements;
    private static LiveRecordingRepository registry;
    private static LineCapabilities lines;

    @BeforeAll
    static void fill() {
        pool = PostgresServer.shared().migrated();
        statements = Statements.on(pool);
        Database database = new Database(statements.source());
        registry = new PostgresLiveRecordingRepository(database);
        lines = new PostgresLineCapabilities(database);
        List<LiveRecording> recordings = new ArrayList<>();
        for (int i = 1; i <= LIVE; i++) {
            recordings.add(forked(id(i), "SEP" + i, i <= 20 ? "0" : Integer.toString(i)));
        }
        registry.addAll(recordings);
        database.update(Sql.of("INSERT INTO line (device_key, directory_number, device_name, username, user_key,"
                + " tapi_monitorable, automatic_recording) SELECT LOWER(device_name), directory_number, device_name,"
                + " CASE WHEN CAST(substr(device_name, 4) AS int4) <= " + BOBS + " THEN 'Bob' ELSE 'Carol' END,"
                + " CASE WHEN CAST(substr(device_name, 4) AS int4) <= " + BOBS
                + " THEN 'bob' ELSE 'carol' END, TRUE, FALSE"
                + " FROM live_recording"));
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @Test
    void aListOfAllTakesOneForTheRegistryAndOneForEachThousand() {
        assertEquals(1 + LIVE / RegistryListRecordings.PAGE, listing(ALICE, ListFilter.ALL, LIVE));
    }

    @Test
    void aListOfOnesOwnTakesThree() {
        assertEquals(3, listing(BOB, ListFilter.ALL, BOBS));
    }

    @Test
    void aListOfAUsersTakesThree() {
        assertEquals(3, listing(ALICE, ListFilter.ALL.ofUser("BOB"), BOBS));
    }

    @Test
    void aListOfWhatIsOnANumberTakesTwo() {
        assertEquals(2, listing(ALICE, ListFilter.of(null, "0", null, null), 20));
    }

    private static int listing(Caller caller, ListFilter filter, int expected) {
        ListRecordingsUseCase list = new RegistryListRecordings(
                registry, lines, () -> Recordings.STARTED_AT.plus(Duration.ofSeconds(1)), true);
        return statements
                .during(() -> assertEquals(expected, list.list(caller, filter).size()))
                .size();
    }

    @Test
    void aPauseOfWhatIsOnANumberTakesThree() {
        assertEquals(3, pausing(PauseRequest.pauseOnNumber(BOB, "0"), 20));
    }

    @Test
    void aPauseByIdTakesThree() {
        assertEquals(3, pausing(PauseRequest.pauseById(BOB, id(7).toString()), 1));
    }

    /** The trail is in memory, so that only what decides counts. */
    private static int pausing(PauseRequest request, int expected) {
        ScriptedRecorder recorder = new ScriptedRecorder();
        NotedTrail trail = new NotedTrail();
        PauseRecordingUseCase pause = new RegistryPauseRecording(
                registry,
                lines,
                recorder,
                new TimerRules(
                        new PostgresTimers(new Database(statements.source())), Duration.ofHours(24), Optional.empty()),
                trail.requests());
        int ran = statements.during(() -> pause.pause(request)).size();
        assertEquals(expected, recorder.asked().size());
        return ran;
    }

    /** Trail, leases and registry are in the database, and so is the embedded recorder's truth. */
    @Test
    void aStopByIdTakesNineStatementsInTwoTransactions() {
        List<String> sent = stopping(ALICE, null);
        assertEquals(9, sent.size(), () -> String.join("\n", sent));
        assertEquals(2, Collections.frequency(sent, "BEGIN"));
        assertEquals(2, Collections.frequency(sent, "COMMIT"));
        assertEquals("COMMIT", sent.get(8));
    }

    @Test
    void aStopThatIsToldOfTakesNoMore() {
        assertEquals(9, stopping(ALICE, "embedded").size());
    }

    @Test
    void aStopByIdWithAKeyTakesOneMore() {
        IdempotencyKey key = new IdempotencyKey("alice", "k", "f", new AnswerWriter() {
            @Override
            public StoredAnswer done(Object result) {
                return new StoredAnswer(204, null, null);
            }

            @Override
            public Optional<StoredAnswer> failed(RuntimeException failure) {
                return Optional.of(new StoredAnswer(409, null, null));
            }

            @Override
            public Refusal refusal(StoredAnswer answer) {
                return Refusal.NONE;
            }
        });
        assertEquals(
                10,
                stopping(new Caller("alice", 10, Set.of(), null, "c", Deadline.NONE, key), null)
                        .size());
    }

    /**
     * @param recorder what events call it; null if nobody is told
     */
    private static List<String> stopping(Caller caller, String recorder) {
        Database database = new Database(statements.source());
        RecordingId id = new RecordingId(UUID.randomUUID());
        registry.addAll(List.of(forked(id, "SEP7", "0")));
        StopRecordingUseCase stop = new RegistryStopRecording(
                registry,
                lines,
                new EmbeddedCallRecorder(registry, Settings.of(EmbeddedConfig.class, Map.of())),
                new PostgresStopLeases(database, true, Duration.ofMinutes(5), Duration.ofHours(24), recorder),
                new StopHolds(new PostgresHolds(database), false, Duration.ofHours(1)),
                database,
                new AuditedRequests(
                        new PostgresAuditTrail(database, new LogAuditTrail(InstantSource.system()), "replica"),
                        database,
                        new PostgresIdempotencyKeys(database, Duration.ofHours(24)),
                        Events.NONE),
                Duration.ofSeconds(5),
                InstantSource.system());
        return statements.sentDuring(
                () -> assertEquals(List.of(id), stop.stop(StopRequest.byId(caller, id.toString()))));
    }
}
