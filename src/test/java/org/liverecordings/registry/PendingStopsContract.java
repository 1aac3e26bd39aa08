package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.PendingStops.InFlight;

/** What every book of pending stops does. */
@Timeout(60)
abstract class PendingStopsContract {

    private static final RecordingId ID = new RecordingId(UUID.fromString("10000000-0000-4000-8000-000000000000"));
    private static final RecordingId OTHER_ID =
            new RecordingId(UUID.fromString("20000000-0000-4000-8000-000000000000"));

    /** The recording that the stops are for. */
    protected static final RecordingTarget TARGET = new RecordingTarget.ById(ID);

    /** Unlike an id, a line is recorded again and again. */
    private static final RecordingTarget LINE_TARGET =
            new RecordingTarget.OnLine(new LineSelector(null, DirectoryNumber.of("101")));

    private static final RecordingTarget OTHER_TARGET = new RecordingTarget.ById(OTHER_ID);

    private PendingStops pending;

    /**
     * A book without entries.
     *
     * @param live recordings that are in the registry, for a book that keeps its entries there
     */
    abstract PendingStops emptyBook(RecordingId... live);

    @BeforeEach
    void open() {
        pending = emptyBook(ID, OTHER_ID);
    }

    @Test
    void aNewBookKnowsNothing() {
        assertFalse(pending.inFlight(TARGET).any());
        assertFalse(pending.isClaimable(TARGET));
        assertFalse(pending.takeUnknown(TARGET));
    }

    @Test
    void anAttemptIsInFlightUntilItIsEnded() {
        PendingStops.Attempt attempt = pending.begin(TARGET);
        assertTrue(pending.inFlight(TARGET).any());
        assertFalse(pending.inFlight(OTHER_TARGET).any());
        pending.end(attempt);
        assertFalse(pending.inFlight(TARGET).any());
    }

    @Test
    void attemptsAtOneTargetAreToldApart() {
        PendingStops.Attempt one = pending.begin(TARGET);
        PendingStops.Attempt other = pending.begin(TARGET);
        assertNotEquals(one, other);
        assertEquals(TARGET, one.target());
        assertEquals(new InFlight(Set.of(one.id(), other.id()), false), pending.inFlight(TARGET));
        pending.end(one);
        assertEquals(new InFlight(Set.of(other.id()), false), pending.inFlight(TARGET));
        pending.end(other);
        assertFalse(pending.inFlight(TARGET).any());
    }

    @Test
    void anAttemptInFlightIsNoMark() {
        pending.begin(TARGET);
        assertFalse(pending.isClaimable(TARGET));
        assertFalse(pending.takeUnknown(TARGET));
        assertTrue(pending.inFlight(TARGET).any());
    }

    @Test
    void anAttemptWithAKnownOutcomeLeavesNoMark() {
        pending.end(pending.begin(TARGET));
        assertFalse(pending.takeUnknown(TARGET));
    }

    @Test
    void anAttemptThatEndedUnknownLeavesAMarkThatCanBeTakenOnce() {
        pending.endUnknown(pending.begin(TARGET));
        assertFalse(pending.inFlight(TARGET).any());
        assertFalse(pending.isClaimable(OTHER_TARGET));
        assertFalse(pending.takeUnknown(OTHER_TARGET));
        assertTrue(pending.isClaimable(TARGET));
        assertTrue(pending.takeUnknown(TARGET));
        assertFalse(pending.isClaimable(TARGET));
        assertFalse(pending.takeUnknown(TARGET));
    }

    @Test
    void aRecordingIsStopPendingUntilItsMarkIsTaken() {
        pending.endUnknown(pending.begin(TARGET));
        assertEquals(Set.of(ID), pending.unknownRecordings().keySet());
        assertFalse(pending.unknownFor(ID).orElseThrow().isNegative());
        assertEquals(Optional.empty(), pending.unknownFor(OTHER_ID));
        pending.takeUnknown(TARGET);
        assertEquals(Optional.empty(), pending.unknownFor(ID));
    }

    @Test
    void howeverManyEndedUnknownTheMarkCanBeTakenOnce() {
        pending.endUnknown(pending.begin(TARGET));
        pending.endUnknown(pending.begin(TARGET));
        assertTrue(pending.takeUnknown(TARGET));
        assertFalse(pending.takeUnknown(TARGET));
    }

    @Test
    void aMarkOutlastsAnAttemptWithAKnownOutcome() {
        pending.endUnknown(pending.begin(TARGET));
        pending.end(pending.begin(TARGET));
        assertTrue(pending.takeUnknown(TARGET));
    }

    @Test
    void aMarkCanBeTakenWhileAnAttemptIsInFlight() {
        pending.endUnknown(pending.begin(TARGET));
        pending.begin(TARGET);
        assertTrue(pending.takeUnknown(TARGET));
        assertTrue(pending.inFlight(TARGET).any());
    }

    @Test
    void aConfirmedStopLeavesNoMark() {
        pending.endUnknown(pending.begin(TARGET));
        pending.endStopped(pending.begin(TARGET));
        assertFalse(pending.inFlight(TARGET).any());
        assertFalse(pending.takeUnknown(TARGET));
    }

    @Test
    void anAttemptThatOutlastsAConfirmedStopLeavesNoMark() {
        PendingStops.Attempt late = pending.begin(TARGET);
        pending.endStopped(pending.begin(TARGET));
        pending.endUnknown(late);
        assertFalse(pending.inFlight(TARGET).any());
        assertFalse(pending.takeUnknown(TARGET));
    }

    @Test
    void attemptsThatOutlastAConfirmedStopMayEndInAnyWay() {
        PendingStops.Attempt one = pending.begin(TARGET);
        PendingStops.Attempt other = pending.begin(TARGET);
        pending.endStopped(pending.begin(TARGET));
        pending.end(one);
        pending.endStopped(other);
        assertFalse(pending.inFlight(TARGET).any());
    }

    @Test
    void anAttemptThatBeganAfterAConfirmedStopCounts() {
        PendingStops.Attempt late = pending.begin(LINE_TARGET);
        pending.endStopped(pending.begin(LINE_TARGET));
        PendingStops.Attempt next = pending.begin(LINE_TARGET);
        pending.end(late);
        assertTrue(pending.inFlight(LINE_TARGET).any());
        pending.endUnknown(next);
        assertTrue(pending.takeUnknown(LINE_TARGET));
    }

    @Test
    void aConfirmedStopOfOneTargetLeavesOthersAlone() {
        pending.endUnknown(pending.begin(OTHER_TARGET));
        pending.endStopped(pending.begin(TARGET));
        assertTrue(pending.takeUnknown(OTHER_TARGET));
    }

    @Test
    void whatWasToldIsOver() {
        PendingStops.Attempt telling = pending.beginTelling(TARGET);
        assertFalse(pending.takeUntold(TARGET));
        assertTrue(pending.endTelling(telling));
        assertFalse(pending.inFlight(TARGET).any());
        assertEquals(List.of(), pending.untold(TARGET));
    }

    @Test
    void whatIsNotToBeToldIsOver() {
        pending.end(pending.beginTelling(TARGET));
        assertFalse(pending.inFlight(TARGET).any());
        assertEquals(List.of(), pending.untold(TARGET));
    }

    @Test
    void ofSimultaneousTakersExactlyOneGetsTheMark() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < 50; round++) {
                pending.endUnknown(pending.begin(TARGET));
                Callable<Boolean> take = () -> pending.takeUnknown(TARGET);
                int taken = 0;
                for (Future<Boolean> result : threads.invokeAll(Collections.nCopies(16, take))) {
                    taken += result.get() ? 1 : 0;
                }
                assertEquals(1, taken);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
