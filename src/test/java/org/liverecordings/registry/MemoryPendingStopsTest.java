package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.PendingStops;

class MemoryPendingStopsTest extends PendingStopsContract {

    private static final Duration KEEP = Duration.ofMinutes(5);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final MemoryPendingStops forAWhile = new MemoryPendingStops(KEEP, clock);
    private final MemoryPendingStops forGood = new MemoryPendingStops(null, clock);

    @Override
    PendingStops emptyBook(RecordingId... live) {
        return new MemoryPendingStops(KEEP, InstantSource.system());
    }

    @Test
    void aLineIsATargetHoweverItIsSpelled() {
        forAWhile.endUnknown(forAWhile.begin(line("SEP1", "+39101")));
        assertFalse(forAWhile.takeUnknown(line("SEP1", null)));
        assertTrue(forAWhile.takeUnknown(line("sep1", "\\+39101")));
    }

    @Test
    void theEndOfARecordingThatWasClaimedIsNotClaimedOnceMore() {
        forAWhile.endStopped(forAWhile.begin(TARGET));
        forAWhile.endUnknown(forAWhile.begin(TARGET));
        assertFalse(forAWhile.takeUnknown(TARGET));
    }

    @Test
    void aClaimIsForgottenWhenItsTimeIsOver() {
        forAWhile.endStopped(forAWhile.begin(TARGET));
        now = now.plus(KEEP);
        forAWhile.end(forAWhile.begin(line("SEP1", "101")));
        assertEquals(0, forAWhile.size());
    }

    @Test
    void aMarkIsThereUntilItsTimeIsOver() {
        forAWhile.endUnknown(forAWhile.begin(TARGET));
        now = now.plus(KEEP).minusMillis(1);
        assertTrue(forAWhile.takeUnknown(TARGET));
    }

    @Test
    void aMarkIsGoneWhenItsTimeIsOver() {
        forAWhile.endUnknown(forAWhile.begin(TARGET));
        now = now.plus(KEEP);
        assertFalse(forAWhile.takeUnknown(TARGET));
        assertEquals(0, forAWhile.size());
    }

    @Test
    void aMarksTimeBeginsWhenTheAttemptEnds() {
        PendingStops.Attempt attempt = forAWhile.begin(TARGET);
        now = now.plus(KEEP);
        forAWhile.endUnknown(attempt);
        now = now.plus(KEEP).minusMillis(1);
        assertTrue(forAWhile.takeUnknown(TARGET));
    }

    @Test
    void anotherUnknownEndBeginsTheTimeAnew() {
        forAWhile.endUnknown(forAWhile.begin(TARGET));
        now = now.plus(KEEP).minusMillis(1);
        forAWhile.endUnknown(forAWhile.begin(TARGET));
        now = now.plus(KEEP).minusMillis(1);
        assertTrue(forAWhile.takeUnknown(TARGET));
    }

    @Test
    void withoutATimeAMarkStays() {
        forGood.endUnknown(forGood.begin(TARGET));
        now = now.plus(Duration.ofDays(10_000));
        forGood.end(forGood.begin(target(2)));
        assertTrue(forGood.takeUnknown(TARGET));
    }

    @Test
    void marksThatNobodyComesBackForAreSwept() {
        for (int i = 0; i < 1000; i++) {
            forAWhile.endUnknown(forAWhile.begin(target(i)));
        }
        now = now.plus(KEEP);
        forAWhile.end(forAWhile.begin(TARGET));
        assertEquals(0, forAWhile.size());
    }

    @Test
    void whatIsInFlightOrNotYetOverIsNotSwept() {
        PendingStops.Attempt inFlight = forAWhile.begin(target(1));
        now = now.plusSeconds(1);
        forAWhile.endUnknown(forAWhile.begin(target(2)));
        now = now.plus(KEEP).minusMillis(1);
        forAWhile.end(forAWhile.begin(TARGET));
        assertTrue(forAWhile.inFlight(inFlight.target()).any());
        assertTrue(forAWhile.takeUnknown(target(2)));
    }

    @Test
    void nothingIsLeftAfterNormalUse() {
        for (int i = 0; i < 100; i++) {
            forGood.end(forGood.begin(target(i)));
            forGood.endStopped(forGood.begin(target(i)));
            PendingStops.Attempt late = forGood.begin(target(i));
            forGood.endUnknown(forGood.begin(target(i)));
            forGood.takeUnknown(target(i));
            forGood.takeUnknown(target(i));
            forGood.end(late);
            forGood.inFlight(target(i));
        }
        assertEquals(0, forGood.size());
    }

    private static RecordingTarget target(long number) {
        return new RecordingTarget.ById(new RecordingId(new UUID(7, number)));
    }

    private static RecordingTarget line(String device, String number) {
        return new RecordingTarget.OnLine(new LineSelector(DeviceName.of(device), DirectoryNumber.ofNullable(number)));
    }
}
