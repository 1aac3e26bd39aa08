package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.agroal.api.AgroalDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.PendingStops.InFlight;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.TcpProxy;

class PostgresPendingStopsTest extends PendingStopsContract {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration KEEP = Duration.ofMinutes(5);
    private static final RecordingTarget LINE =
            new RecordingTarget.OnLine(new LineSelector(DeviceName.of("SEP1"), DirectoryNumber.of("101")));

    private static String name;
    private static AgroalDataSource pool;

    private final Database database = new Database(pool);
    private final PostgresPendingStops forAWhile = empty(PATIENCE, KEEP);
    private final PostgresPendingStops forGood = empty(PATIENCE, null);
    private final PostgresPendingStops impatient = empty(Duration.ZERO, KEEP);

    @BeforeAll
    static void connect() {
        name = PostgresServer.shared().newDatabase();
        pool = PostgresServer.shared().migrated(name);
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    private PostgresPendingStops empty(Duration patience, Duration keep) {
        database.call(Sql.of("DELETE FROM pending_stop")::update);
        database.call(Sql.of("DELETE FROM live_recording")::update);
        return new PostgresPendingStops(database, patience, keep);
    }

    @Override
    PendingStops emptyBook(RecordingId... live) {
        return forGood;
    }

    // An asker that died, or is late

    @Test
    void anAttemptThatIsOverdueCountsAsEndedUnknown() {
        impatient.begin(TARGET);
        assertFalse(impatient.inFlight(TARGET).any());
        assertTrue(impatient.isClaimable(TARGET));
        assertTrue(impatient.takeUnknown(TARGET));
        assertFalse(impatient.takeUnknown(TARGET));
    }

    @Test
    void whoWasLateAndIsNotTakenYetMayClaim() {
        PendingStops.Attempt late = impatient.begin(TARGET);
        assertTrue(impatient.endStopped(late));
        assertFalse(impatient.takeUnknown(TARGET));
    }

    @Test
    void whoWasLateLearnsThatAnotherWasToldInItsPlace() {
        PendingStops.Attempt late = impatient.begin(TARGET);
        impatient.takeUnknown(TARGET);
        assertFalse(impatient.endStopped(late));
    }

    @Test
    void whoWasLateAndEndsUnknownLeavesNoSecondMark() {
        PendingStops.Attempt late = impatient.begin(TARGET);
        impatient.takeUnknown(TARGET);
        impatient.endUnknown(late);
        assertFalse(impatient.takeUnknown(TARGET));
    }

    @Test
    void whoWasOutlivedByAnotherStopMayStillClaimItsOwn() {
        PendingStops.Attempt outlived = forAWhile.begin(LINE);
        assertTrue(forAWhile.endStopped(forAWhile.begin(LINE)));
        assertTrue(forAWhile.endStopped(outlived));
    }

    @Test
    void anAttemptThatWasSweptAwayHasNothingToClaim() {
        PostgresPendingStops forNoTime = new PostgresPendingStops(database, Duration.ZERO, Duration.ZERO);
        PendingStops.Attempt late = forNoTime.begin(TARGET);
        forNoTime.sweep();
        assertFalse(forNoTime.endStopped(late));
    }

    @Test
    void whoClaimsWhileAnotherDoesFindsItClaimed() throws Exception {
        forAWhile.endUnknown(forAWhile.begin(TARGET));
        List<Future<Boolean>> other = new ArrayList<>();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            database.run(() -> {
                PendingStops.Attempt claim = forAWhile.begin(TARGET);
                assertTrue(forAWhile.takeUnknown(TARGET));
                forAWhile.endStopped(claim);
                other.add(thread.submit(() -> {
                    forAWhile.endUnknown(forAWhile.begin(TARGET));
                    return forAWhile.takeUnknown(TARGET);
                }));
                awaitBlocked();
            });
            assertFalse(other.get(0).get());
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void whatCouldntBeEndedWhenItShouldHaveBeenIsNoMark() {
        PendingStops.Attempt attempt = impatient.begin(TARGET);
        whileLocked(() -> assertThrows(StoreUnavailableException.class, () -> impatient.end(attempt)));
        assertFalse(impatient.isClaimable(TARGET));
        assertFalse(impatient.takeUnknown(TARGET));
    }

    @Test
    void anAttemptThatMayHaveBegunAlthoughItsReplyWasLostIsNoMark() throws Exception {
        PostgresServer server = PostgresServer.shared();
        try (TcpProxy network = TcpProxy.to(URI.create("tcp://127.0.0.1:" + server.port()));
                AgroalDataSource proxied = PostgresServer.pool(
                        PostgresServer.url(name, network.uri().getPort()) + "?socketTimeout=1", false)) {
            PostgresPendingStops cutOff = new PostgresPendingStops(new Database(proxied), Duration.ZERO, KEEP);
            cutOff.begin(LINE);
            network.holdReplies();
            assertThrows(StoreUnavailableException.class, () -> cutOff.begin(TARGET));
            network.release();
            Awaitility.await().ignoreException(StoreUnavailableException.class).until(() -> {
                cutOff.catchUp();
                return true;
            });
            assertFalse(impatient.isClaimable(TARGET));
            assertTrue(impatient.isClaimable(LINE));
        }
    }

    @Test
    void whatCouldntBeEndedIsEndedForTheOtherReplicasToo() {
        PendingStops.Attempt attempt = impatient.begin(TARGET);
        whileLocked(() -> assertThrows(StoreUnavailableException.class, () -> impatient.end(attempt)));
        assertTrue(forAWhile.isClaimable(TARGET));
        impatient.catchUp();
        assertFalse(forAWhile.isClaimable(TARGET));
    }

    /** Does the work while somebody else has all attempts locked. */
    private void whileLocked(Runnable work) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            database.inTransaction(connection -> {
                Sql.of("SELECT 1 FROM pending_stop FOR UPDATE").execute(connection);
                CompletableFuture.runAsync(work, thread).join();
                return null;
            });
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void whoFindsNothingToTakeWaitsForNobody() {
        forAWhile.endStopped(forAWhile.begin(TARGET));
        forAWhile.begin(TARGET);
        whileLocked(() -> {
            assertTrue(forAWhile.inFlight(TARGET).any());
            assertFalse(forAWhile.isClaimable(TARGET));
            assertFalse(forAWhile.takeUntold(TARGET));
        });
    }

    private void awaitBlocked() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .pollInSameThread()
                .until(() -> database.call(connection -> Sql.of("SELECT 1 FROM pg_stat_activity"
                                + " WHERE wait_event_type = 'Lock' AND datname = current_database()")
                        .first(connection, row -> true)
                        .isPresent()));
    }

    // What is about to be told

    @Test
    void aTellingIsInFlightUntilItsTimeIsOver() {
        forGood.beginTelling(TARGET);
        assertEquals(new InFlight(Set.of(), true), forGood.inFlight(TARGET));
        assertFalse(forGood.isClaimable(TARGET));
        assertFalse(forGood.takeUntold(TARGET));
        assertEquals(List.of(id(TARGET)), forGood.untold(TARGET));
    }

    @Test
    void anOverdueTellingCanBeTakenOnce() {
        PendingStops.Attempt telling = impatient.beginTelling(TARGET);
        assertFalse(impatient.inFlight(TARGET).any());
        assertTrue(impatient.isClaimable(TARGET));
        assertTrue(impatient.takeUntold(TARGET));
        assertFalse(impatient.isClaimable(TARGET));
        assertFalse(impatient.takeUntold(TARGET));
        assertFalse(impatient.endTelling(telling));
    }

    @Test
    void whoIsLateAndTellsBeforeAnotherDoesMay() {
        PendingStops.Attempt telling = impatient.beginTelling(TARGET);
        assertTrue(impatient.endTelling(telling));
        assertFalse(impatient.takeUntold(TARGET));
    }

    @Test
    void anOverdueTellingIsNoMarkOfAnUnknownEnd() {
        impatient.beginTelling(TARGET);
        assertFalse(impatient.takeUnknown(TARGET));
        assertEquals(Set.of(), impatient.unknownRecordings().keySet());
        assertTrue(impatient.takeUntold(TARGET));
    }

    @Test
    void whatWasNeverToldOfALineIsNotToldOnceItHasBeenStoppedOnceMore() {
        impatient.beginTelling(LINE);
        forAWhile.endStopped(forAWhile.begin(LINE));
        assertFalse(forAWhile.isClaimable(LINE));
        assertFalse(forAWhile.takeUntold(LINE));
    }

    @Test
    void whoWasLateForALineLeavesWhatTheNextOneHasNotTold() {
        PendingStops.Attempt late = impatient.begin(LINE);
        assertTrue(impatient.takeUnknown(LINE));
        impatient.beginTelling(LINE);
        assertFalse(impatient.endStopped(late));
        assertTrue(impatient.takeUntold(LINE));
    }

    @Test
    void aTellingThatNobodyTakesIsSweptWhenItsTimeIsOver() {
        PostgresPendingStops forNoTime = new PostgresPendingStops(database, Duration.ZERO, Duration.ZERO);
        forNoTime.beginTelling(TARGET);
        assertEquals(List.of(), forNoTime.untold(TARGET));
        assertFalse(forNoTime.takeUntold(TARGET));
        assertEquals(1, forNoTime.sweep());
    }

    @Test
    void aUsersOwnStopNamesNoRecording() {
        RecordingTarget mine = new RecordingTarget.OfUser("alice");
        impatient.beginTelling(mine);
        assertEquals(List.of(), impatient.untold(mine));
        assertTrue(impatient.takeUntold(mine));
    }

    // Its time

    @Test
    void aMarkIsGoneWhenItsTimeIsOver() {
        PostgresPendingStops forNoTime = new PostgresPendingStops(database, PATIENCE, Duration.ZERO);
        forNoTime.endUnknown(forNoTime.begin(TARGET));
        assertEquals(Set.of(), forNoTime.unknownRecordings().keySet());
        assertFalse(forNoTime.takeUnknown(TARGET));
        forNoTime.endUnknown(forNoTime.begin(TARGET));
        assertEquals(1, forNoTime.sweep());
    }

    @Test
    void whatIsInFlightOrNotYetOverIsNotSwept() {
        forAWhile.begin(TARGET);
        forAWhile.endUnknown(forAWhile.begin(LINE));
        assertEquals(0, forAWhile.sweep());
    }

    @Test
    void theEndOfARecordingThatWasClaimedIsNotClaimedOnceMore() {
        forAWhile.endStopped(forAWhile.begin(TARGET));
        forAWhile.endUnknown(forAWhile.begin(TARGET));
        assertFalse(forAWhile.takeUnknown(TARGET));
    }

    @Test
    void aClaimIsForgottenWhenItsTimeIsOver() {
        PostgresPendingStops forNoTime = new PostgresPendingStops(database, PATIENCE, Duration.ZERO);
        forNoTime.endStopped(forNoTime.begin(TARGET));
        forAWhile.endUnknown(forAWhile.begin(TARGET));
        assertTrue(forAWhile.takeUnknown(TARGET));
        assertEquals(1, forNoTime.sweep());
    }

    @Test
    void aMarkWithoutATimeLivesAsLongAsItsRecording() {
        forGood.endUnknown(forGood.begin(TARGET));
        database.call(Sql.of("UPDATE pending_stop SET overdue_at = now() - INTERVAL '1 day'")::update);
        database.call(Sql.of("INSERT INTO live_recording (id, directory_number, mode, origin, started_at, status)"
                        + " VALUES (?, '101', 'DIAL_IN', 'MANUAL', now(), 'RECORDING')")
                .with(id(TARGET).value())::update);
        assertEquals(0, forGood.sweep());
        database.call(Sql.of("DELETE FROM live_recording")::update);
        assertEquals(1, forGood.sweep());
    }

    @Test
    void theStopPendingRecordingsAreKnownWithTheirAge() {
        forAWhile.endUnknown(forAWhile.begin(TARGET));
        forAWhile.endUnknown(forAWhile.begin(LINE));
        forAWhile.begin(new RecordingTarget.ById(new RecordingId(new UUID(7, 7))));
        database.call(
                Sql.of("UPDATE pending_stop SET overdue_at = now() - INTERVAL '90 seconds' WHERE state = 'U'")::update);
        Duration age = forAWhile.unknownRecordings().get(id(TARGET));
        assertEquals(90, age.toSeconds());
        assertEquals(90, forAWhile.unknownFor(id(TARGET)).orElseThrow().toSeconds());
        assertEquals(1, forAWhile.unknownRecordings().size());
    }

    // What names it

    @Test
    void aLineIsATargetHoweverItIsSpelled() {
        forAWhile.endUnknown(forAWhile.begin(line("SEP1", "+39101")));
        assertFalse(forAWhile.takeUnknown(line("SEP1", null)));
        assertTrue(forAWhile.takeUnknown(line("sep1", "\\+39101")));
    }

    @Test
    void aUserIsATargetOfHisOwn() {
        RecordingTarget mine = new RecordingTarget.OfUser("alice");
        forAWhile.endUnknown(forAWhile.begin(mine));
        assertFalse(forAWhile.takeUnknown(new RecordingTarget.OfUser("bob")));
        assertTrue(forAWhile.takeUnknown(mine));
    }

    @Test
    void noPairOfNamesReadsLikeAnother() {
        forAWhile.endUnknown(forAWhile.begin(line("a", "b c")));
        assertFalse(forAWhile.takeUnknown(line("a b", "c")));
    }

    @Test
    void namesOfAnyLengthAndCharacterAreJustNames() {
        char[] much = new char[10_000];
        Arrays.fill(much, 'ж');
        RecordingTarget target = line(new String(much), "\0");
        forAWhile.endUnknown(forAWhile.begin(target));
        assertTrue(forAWhile.takeUnknown(target));
    }

    private static RecordingId id(RecordingTarget target) {
        return ((RecordingTarget.ById) target).id();
    }

    private static RecordingTarget line(String device, String number) {
        return new RecordingTarget.OnLine(
                new LineSelector(DeviceName.ofNullable(device), DirectoryNumber.ofNullable(number)));
    }
}
