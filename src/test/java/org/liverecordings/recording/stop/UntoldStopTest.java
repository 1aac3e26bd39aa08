package org.liverecordings.recording.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.dialIn;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.store.ListedLines.free;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.Script.Answer;
import org.liverecordings.recording.recorder.ScriptedRecorder;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.PendingStops.Attempt;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.registry.PostgresLiveRecordingRepository;
import org.liverecordings.registry.PostgresPendingStops;
import org.liverecordings.support.PostgresServer;

/** A replica stopped a recording, and died or slept before it told anybody. */
class UntoldStopTest {

    private static final RecordingId ID = id(1);
    private static final RecordingId DIAL_IN = id(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static AgroalDataSource pool;

    private final Database database = new Database(pool);
    private final LiveRecordingRepository registry = new PostgresLiveRecordingRepository(database);
    private final PendingStops ofTheDead = new PostgresPendingStops(database, Duration.ZERO, null);
    private final PendingStops pending = new PostgresPendingStops(database, PATIENCE, null);
    private final ScriptedRecorder recorder = new ScriptedRecorder();
    private final NotedTrail trail = new NotedTrail();
    private final StopRecordingUseCase stopRecording = stopRecording(database);

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
        database.call(Sql.of("DELETE FROM pending_stop")::update);
        database.call(Sql.of("DELETE FROM live_recording")::update);
    }

    private StopRecordingUseCase stopRecording(UnitOfWork unitOfWork) {
        return new RegistryStopRecording(
                registry,
                new ListedLines(ListedLines.of("alice", free("SEP1", "101"))),
                recorder,
                pending,
                unitOfWork,
                trail,
                PATIENCE,
                InstantSource.system());
    }

    private void stoppedByTheDead(LiveRecording recording) {
        registry.addAll(List.of(recording));
        recorder.answers(recording.id(), Answer.NOT_LIVE);
        ofTheDead.beginTelling(new RecordingTarget.ById(recording.id()));
        registry.remove(recording.id());
    }

    @Test
    void whoFindsNothingToClaimWaitsForNobodysLocks() {
        RecordingTarget target = new RecordingTarget.ById(ID);
        PendingStops inFrontOfASuite = new PostgresPendingStops(database, PATIENCE, Duration.ofMinutes(5));
        inFrontOfASuite.endStopped(inFrontOfASuite.begin(target));
        StopArbiter arbiter = new StopArbiter(inFrontOfASuite, database, PATIENCE);
        database.inTransaction(connection -> {
            Sql.of("SELECT 1 FROM pending_stop FOR UPDATE").execute(connection);
            return CompletableFuture.runAsync(() -> {
                        StopArbiter.Asked asked = arbiter.ask(target, Answer.NOT_LIVE::stage);
                        assertThrows(NoLiveRecordingException.class, () -> asked.settle(() -> true, () -> {}));
                    })
                    .join();
        });
    }

    @ParameterizedTest
    @CsvSource({"SEP1,", ",101", "sep1,101"})
    void whoRepeatsTheStopByItsLineIsToldOnce(String device, String number) {
        stoppedByTheDead(forked(ID, "SEP1", "101"));

        List<RecordingId> stopped = stopRecording.stop(StopRequest.byLine(ALICE, device, number));

        assertEquals(List.of(ID), stopped);
        assertEquals(List.of("asked STOP", "confirmed " + ID, "ended DONE"), trail.notes());
        assertEquals(List.of(ID), trail.outcome().recordings());
        assertThrows(
                NoLiveRecordingException.class, () -> stopRecording.stop(StopRequest.byLine(ALICE, device, number)));
    }

    @Test
    void whoRepeatsTheStopByItsIdIsToldOnce() {
        stoppedByTheDead(forked(ID, "SEP1", "101"));

        List<RecordingId> stopped = stopRecording.stop(StopRequest.byId(ALICE, ID.toString()));

        assertEquals(List.of(ID), stopped);
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(StopRequest.byId(ALICE, ID.toString())));
    }

    @Test
    void whoRepeatsTheStopOfHisOwnIsToldOnce() {
        stoppedByTheDead(forked(ID, "SEP1", "101"));

        List<RecordingId> stopped = stopRecording.stop(StopRequest.mine(ALICE));

        assertEquals(List.of(ID), stopped);
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(StopRequest.mine(ALICE)));
    }

    @ParameterizedTest
    @CsvSource({"SEP2,", ",102", "SEP1,102"})
    void aStopOfAnotherLineIsNotTold(String device, String number) {
        stoppedByTheDead(forked(ID, "SEP1", "101"));
        assertThrows(
                NoLiveRecordingException.class, () -> stopRecording.stop(StopRequest.byLine(ALICE, device, number)));
    }

    @Test
    void aManualDialInIsFoundByItsNumberAlone() {
        stoppedByTheDead(dialIn(DIAL_IN, "SEP1", "101", RecordingOrigin.MANUAL));
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(StopRequest.byLine(ALICE, "SEP1", null)));

        List<RecordingId> stopped = stopRecording.stop(StopRequest.byLine(ALICE, null, "101"));

        assertEquals(List.of(DIAL_IN), stopped);
    }

    @Test
    void aManualDialInOnTheCallersOwnDeviceIsHisOwn() {
        stoppedByTheDead(dialIn(DIAL_IN, "SEP1", "101", RecordingOrigin.MANUAL));

        List<RecordingId> stopped = stopRecording.stop(StopRequest.mine(ALICE));

        assertEquals(List.of(DIAL_IN), stopped);
    }

    @Test
    void whatIsStillThereIsStoppedAndWhatWasStoppedIsTold() {
        stoppedByTheDead(forked(ID, "SEP1", "101"));
        registry.addAll(List.of(forked(DIAL_IN, "SEP1", "101")));

        List<RecordingId> stopped = stopRecording.stop(StopRequest.byLine(ALICE, "SEP1", null));

        assertEquals(List.of(DIAL_IN, ID), stopped);
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(StopRequest.byId(ALICE, ID.toString())));
    }

    @Test
    void whatIsAboutToBeToldDoesntKeepTheRestWaiting() {
        registry.addAll(List.of(forked(ID, "SEP1", "101"), forked(DIAL_IN, "SEP1", "101")));
        pending.beginTelling(new RecordingTarget.ById(ID));
        registry.remove(ID);

        List<RecordingId> stopped = stopRecording.stop(StopRequest.byLine(ALICE, "SEP1", null));

        assertEquals(List.of(DIAL_IN), stopped);
    }

    @Test
    void whoDiesTellingInAnothersPlaceLeavesItToTheNextByItsLineToo() {
        stoppedByTheDead(forked(ID, "SEP1", "101"));
        ofTheDead.takeUntold(new RecordingTarget.ById(ID));
        ofTheDead.beginTelling(new RecordingTarget.ById(ID));

        List<RecordingId> stopped = stopRecording.stop(StopRequest.byLine(ALICE, null, "101"));

        assertEquals(List.of(ID), stopped);
    }

    @Test
    void whoHearsOfAFailureIsToldOfTheOthersByTheRepeatedStop() {
        registry.addAll(List.of(forked(ID, "SEP1", "101"), forked(DIAL_IN, "SEP1", "101")));
        recorder.answers(DIAL_IN, Answer.OUT_OF_REACH, Answer.NOT_LIVE);
        assertThrows(
                RecorderUnavailableException.class, () -> stopRecording.stop(StopRequest.byLine(ALICE, "SEP1", null)));

        List<RecordingId> stopped = stopRecording.stop(StopRequest.byLine(ALICE, "SEP1", null));

        assertEquals(List.of(ID), stopped);
    }

    @Test
    void whoseClaimIsCommittedByTheDeadWhileAnotherStopsItTooIsTold() {
        registry.addAll(List.of(forked(ID, "SEP1", "101")));
        recorder.meanwhile(ID, () -> {
            ofTheDead.beginTelling(new RecordingTarget.ById(ID));
            registry.remove(ID);
        });

        List<RecordingId> stopped = stopRecording.stop(StopRequest.byId(ALICE, ID.toString()));

        assertEquals(List.of(ID), stopped);
    }

    @Test
    void whileItMayYetBeToldTheNextOneWaits() {
        registry.addAll(List.of(forked(ID, "SEP1", "101")));
        Attempt telling = pending.beginTelling(new RecordingTarget.ById(ID));
        registry.remove(ID);
        Thread teller = new Thread(() -> {
            pause();
            pending.endTelling(telling);
        });
        teller.start();

        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(StopRequest.byId(ALICE, ID.toString())));

        assertEquals(List.of(), pending.untold(new RecordingTarget.ById(ID)));
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoSleptWhileAnotherWasToldIsNotTold() {
        registry.addAll(List.of(forked(ID, "SEP1", "101")));
        AtomicInteger units = new AtomicInteger();
        UnitOfWork sleepy = work -> {
            if (units.incrementAndGet() == 2) {
                database.call(Sql.of("UPDATE pending_stop SET overdue_at = now()")::update);
                pending.takeUntold(new RecordingTarget.ById(ID));
            }
            database.run(work);
        };

        assertThrows(
                NoLiveRecordingException.class,
                () -> stopRecording(sleepy).stop(StopRequest.byId(ALICE, ID.toString())));

        assertEquals(List.of("asked STOP", "confirmed " + ID, "ended NOT_LIVE"), trail.notes());
        assertEquals(List.of(), registry.findAll());
    }

    @Test
    void ifItCantBeToldWhoRepeatsTheStopIs() {
        registry.addAll(List.of(forked(ID, "SEP1", "101")));
        StoreUnavailableException down = new StoreUnavailableException("down", null);
        AtomicInteger units = new AtomicInteger();
        UnitOfWork broken = work -> {
            if (units.incrementAndGet() == 2) {
                throw down;
            }
            database.run(work);
        };
        assertSame(
                down,
                assertThrows(
                        StoreUnavailableException.class,
                        () -> stopRecording(broken).stop(StopRequest.byId(ALICE, ID.toString()))));
        database.call(Sql.of("UPDATE pending_stop SET overdue_at = now()")::update);

        List<RecordingId> stopped = stopRecording.stop(StopRequest.byId(ALICE, ID.toString()));

        assertEquals(List.of(ID), stopped);
    }
}
