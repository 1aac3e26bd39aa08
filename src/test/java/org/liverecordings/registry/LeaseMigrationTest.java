package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.agroal.api.AgroalDataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Earlier;
import org.liverecordings.registry.postgres.PostgresLiveRecordingRepository;
import org.liverecordings.registry.postgres.PostgresStopLeases;
import org.liverecordings.support.PostgresServer;

/** What version 1 of the schema says about a stop, version 2 says in its own words: a row of each kind. */
class LeaseMigrationTest {

    private static final Duration KEEP = Duration.ofMinutes(5);
    private static final String LATER = "now() + INTERVAL '5 minutes'";
    private static final String EARLIER = "now() - INTERVAL '1 minute'";

    private final RecordingId id = new RecordingId(UUID.randomUUID());
    private final RecordingTarget target = new RecordingTarget.ById(id);
    private AgroalDataSource pool;
    private Database database;

    @BeforeEach
    void versionOne() {
        PostgresServer server = PostgresServer.shared();
        pool = server.pool(server.newDatabase());
        Flyway.configure().dataSource(pool).target("1").load().migrate();
        database = new Database(pool);
    }

    @AfterEach
    void disconnect() {
        pool.close();
    }

    @Test
    void anAttemptInFlightIsUnknown() {
        pending("F", LATER, "NULL");
        assertEquals(new Earlier(true, false), earlier());
    }

    @Test
    void anAttemptThatEndedUnknownIsUnknown() {
        pending("U", EARLIER, LATER);
        assertEquals(new Earlier(true, false), earlier());
    }

    @Test
    void aClaimedEndStaysClaimed() {
        pending("C", EARLIER, LATER);
        assertEquals(new Earlier(false, true), earlier());
    }

    @Test
    void aClaimedEndThatAnotherAttemptAskedForStaysClaimed() {
        pending("C", EARLIER, LATER);
        pending("F", LATER, LATER);
        assertEquals(new Earlier(true, true), earlier());
    }

    @Test
    void aClaimedEndThatNobodyWasToldOfIsUnknown() {
        pending("C", EARLIER, LATER);
        pending("S", EARLIER, LATER);
        assertEquals(new Earlier(true, false), earlier());
    }

    @Test
    void anAttemptThatAStopOutlivedLeavesNothing() {
        pending("O", LATER, "NULL");
        assertEquals(new Earlier(false, false), earlier());
    }

    @Test
    void whatAnotherCallerWasToldLeavesNothing() {
        pending("T", EARLIER, LATER);
        assertEquals(new Earlier(false, false), earlier());
    }

    @Test
    void whatWasKeptLongEnoughLeavesNothing() {
        pending("U", EARLIER, EARLIER);
        assertEquals(new Earlier(false, false), earlier());
    }

    @Test
    void theEntryOfAStopThatNobodyWasToldOfComesBackAsStopped() {
        pending("S", LATER, LATER, "'sep1'", "'101'", "FALSE");
        migrate();
        LiveRecording entry =
                new PostgresLiveRecordingRepository(database).find(id).orElseThrow();
        assertEquals(RecordingStatus.STOPPED, entry.status());
        assertEquals(DeviceName.of("SEP1"), entry.deviceName());
        assertEquals(DirectoryNumber.of("101"), entry.directoryNumber());
        assertEquals(RecordingMode.MEDIA_FORKING, entry.mode());
        assertEquals(new Earlier(true, false), taken());
    }

    @Test
    void theEntryOfADialInThatNobodyWasToldOfComesBackAsOne() {
        pending("S", LATER, LATER, "NULL", "'101'", "TRUE");
        migrate();
        LiveRecording entry = new PostgresLiveRecordingRepository(database)
                .find(new LineSelector(null, DirectoryNumber.of("101")))
                .get(0);
        assertEquals(List.of(id, true), List.of(entry.id(), entry.isManualDialIn()));
    }

    @Test
    void anUnknownStopOfAUsersOwnIsFoundByTheUser() {
        insert("user alice", "NULL", "U", EARLIER, LATER, "NULL", "NULL", "NULL");
        migrate();
        RecordingTarget user = new RecordingTarget.OfUser("alice");
        assertEquals(Set.of(user), leases().foundBy(user));
    }

    @Test
    void anUnknownStopOfALineIsUnknown() {
        insert("line 4 sep1 101", "NULL", "U", EARLIER, LATER, "NULL", "NULL", "NULL");
        migrate();
        RecordingTarget line =
                new RecordingTarget.OnLine(new LineSelector(DeviceName.of("SEP1"), DirectoryNumber.of("101")));
        assertEquals(
                Map.of(line, new Earlier(true, false)), leases().take(UUID.randomUUID(), Set.of(line), null, KEEP));
    }

    @Test
    void theTrailStays() {
        database.update(Sql.of(
                        "INSERT INTO audit_entry (id, asked_at, operation, username, user_key, user_level, correlation_id,"
                                + " replica) VALUES (?, now(), 'stop', 'a', 'a', 10, 'c', 'r')")
                .with(id.value()));
        database.update(Sql.of(
                        "INSERT INTO audit_confirmation (id, entry_id, recording_id, confirmed_at) VALUES (?, ?, ?, now())")
                .with(id.value(), id.value(), id.value()));
        migrate();
        assertEquals(
                Optional.of(false),
                database.first(Sql.of("SELECT inferred FROM audit_confirmation"), row -> row.getBoolean("inferred")));
    }

    private void pending(String state, String overdueAt, String expiresAt) {
        pending(state, overdueAt, expiresAt, "NULL", "NULL", "NULL");
    }

    private void pending(
            String state, String overdueAt, String expiresAt, String device, String number, String dialIn) {
        insert("id " + id, "'" + id + "'", state, overdueAt, expiresAt, device, number, dialIn);
    }

    private void insert(
            String key,
            String recording,
            String state,
            String overdueAt,
            String expiresAt,
            String device,
            String number,
            String dialIn) {
        database.update(
                Sql.of("INSERT INTO pending_stop (attempt_id, target, recording_id, state, overdue_at, expires_at,"
                                + " device_key, directory_number, manual_dial_in) VALUES (?, ?, " + recording + ", ?, "
                                + overdueAt
                                + ", " + expiresAt + ", " + device + ", " + number + ", " + dialIn + ")")
                        .with(UUID.randomUUID(), key, state));
    }

    private Earlier earlier() {
        migrate();
        return taken();
    }

    private Earlier taken() {
        Map<RecordingTarget, Earlier> taken = leases().take(UUID.randomUUID(), Set.of(target), null, KEEP);
        assertTrue(taken.containsKey(target));
        return taken.get(target);
    }

    private void migrate() {
        Flyway.configure().dataSource(pool).load().migrate();
    }

    private StopLeases leases() {
        return new PostgresStopLeases(database, true, KEEP, KEEP, null);
    }
}
