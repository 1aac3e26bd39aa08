package org.liverecordings.recording.stop;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.Script.Answer;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.registry.MemoryPendingStops;

class StopArbiterTest {

    private static final RecordingTarget TARGET = new RecordingTarget.ById(new RecordingId(new UUID(0, 1)));
    private static final BooleanSupplier FORGOTTEN = () -> true;
    private static final BooleanSupplier CLAIMED_BY_ANOTHER = () -> false;
    private static final Runnable NOTHING = () -> {};

    private final ObservedPendingStops pending = new ObservedPendingStops();
    private final StopArbiter arbiter = new StopArbiter(pending, UnitOfWork.oneAfterTheOther(), Duration.ofSeconds(30));
    private final List<String> forgotten = new ArrayList<>();
    private int noted;

    /** {@code pending} is whether a stop-pending mark is there: before the recorder is asked, and after. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    the recorder's answer     | pending | outcome                      | forgotten | noted | then pending
                    DONE                      | false   | claimed                      | forget    | 1     | false
                    DONE                      | true    | claimed                      | forget    | 1     | false
                    NOT_LIVE                  | false   | NoLiveRecordingException     | forget    | 0     | false
                    NOT_LIVE                  | true    | claimed                      | forget    | 1     | false
                    NOT_LIVE_AFTER_LOST_REPLY | false   | claimed                      | forget    | 1     | false
                    NOT_LIVE_AFTER_LOST_REPLY | true    | claimed                      | forget    | 1     | false
                    OUT_OF_REACH              | false   | RecorderUnavailableException |           | 0     | false
                    OUT_OF_REACH              | true    | RecorderUnavailableException |           | 0     | true
                    REPLY_LOST                | false   | RecorderUnavailableException |           | 0     | true
                    REPLY_LOST                | true    | RecorderUnavailableException |           | 0     | true
                    REFUSED                   | false   | RecorderFailedException      |           | 0     | false
                    REFUSED                   | true    | RecorderFailedException      |           | 0     | true
                    NONSENSE                  | false   | RecorderFailedException      |           | 0     | true
                    NONSENSE                  | true    | RecorderFailedException      |           | 0     | true
                    REJECTED                  | false   | StopRejectedException        |           | 0     | false
                    REJECTED                  | true    | StopRejectedException        |           | 0     | true
                    BUG                       | false   | RecorderFailedException      |           | 0     | true
                    BUG                       | true    | RecorderFailedException      |           | 0     | true
                    CANCELLED                 | false   | RecorderFailedException      |           | 0     | true
                    CANCELLED                 | true    | RecorderFailedException      |           | 0     | true
                    THROWS                    | false   | IllegalStateException        |           | 0     | false
                    THROWS                    | true    | IllegalStateException        |           | 0     | true
                    """)
    void whoMayClaim(Answer answer, boolean before, String outcome, String how, int timesNoted, boolean after) {
        if (before) {
            pending.endUnknown(pending.begin(TARGET));
        }
        String actual = outcomeOf(answer);
        assertEquals(outcome, actual);
        assertEquals(how == null ? List.of() : List.of(how), forgotten);
        assertEquals(timesNoted, noted);
        assertFalse(pending.inFlight(TARGET).any());
        assertEquals(after, pending.takeUnknown(TARGET));
    }

    private String outcomeOf(Answer answer) {
        try {
            PendingStops.Attempt telling =
                    arbiter.ask(TARGET, answer::stage).settle(() -> forgotten.add("forget"), () -> noted++);
            assertTrue(pending.endTelling(telling));
            return "claimed";
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }

    @Test
    void aConfirmedStopWhoseEndAnotherCallHasClaimedIsNotLive() {
        StopArbiter.Asked asked = arbiter.ask(TARGET, Answer.DONE::stage);
        assertThrows(NoLiveRecordingException.class, () -> asked.settle(CLAIMED_BY_ANOTHER, () -> noted++));
        assertFalse(pending.takeUnknown(TARGET));
    }

    @Test
    void whatNobodyForesawNamesItsCause() {
        StopArbiter.Asked asked = arbiter.ask(TARGET, Answer.BUG::stage);
        RecorderFailedException failure =
                assertThrows(RecorderFailedException.class, () -> asked.settle(FORGOTTEN, NOTHING));
        assertEquals("unexpected: java.lang.IllegalStateException: bug", failure.getMessage());
        assertEquals("bug", failure.getCause().getMessage());
        assertTrue(failure.mayHaveArrived());
    }

    @Test
    void aCancelledAnswerIsUnknown() {
        StopArbiter.Asked asked = arbiter.ask(TARGET, Answer.CANCELLED::stage);
        RecorderFailedException failure =
                assertThrows(RecorderFailedException.class, () -> asked.settle(FORGOTTEN, NOTHING));
        assertEquals(CancellationException.class, failure.getCause().getClass());
    }

    @Test
    void whileItIsOutstandingAnAttemptIsInFlight() {
        arbiter.ask(TARGET, CompletableFuture::new);
        assertTrue(pending.inFlight(TARGET).any());
    }

    // Another attempt is in flight while the recorder knows no such live recording

    @Test
    void ifTheOtherTurnsOutToHaveStoppedItTheEndIsNotClaimedTwice() {
        PendingStops.Attempt other = pending.begin(TARGET);
        pending.onPoll(3, () -> pending.endStopped(other));
        StopArbiter.Asked asked = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        assertThrows(NoLiveRecordingException.class, () -> asked.settle(FORGOTTEN, NOTHING));
    }

    @Test
    void ifTheOtherTurnsOutUnknownTheEndIsClaimed() {
        PendingStops.Attempt other = pending.begin(TARGET);
        pending.onPoll(3, () -> pending.endUnknown(other));
        StopArbiter.Asked asked = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        assertDoesNotThrow(() -> asked.settle(FORGOTTEN, NOTHING));
    }

    @Test
    void ifTheOtherTurnsOutNotToHaveArrivedNobodyClaimsTheEnd() {
        PendingStops.Attempt other = pending.begin(TARGET);
        pending.onPoll(3, () -> pending.end(other));
        StopArbiter.Asked asked = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        assertThrows(NoLiveRecordingException.class, () -> asked.settle(FORGOTTEN, NOTHING));
    }

    @Test
    void whoBeganAfterTheRecordersAnswerIsNotWaitedFor() {
        PendingStops.Attempt other = pending.begin(TARGET);
        pending.onPoll(3, () -> {
            pending.begin(TARGET);
            pending.end(other);
        });
        StopArbiter.Asked asked = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        assertThrows(NoLiveRecordingException.class, () -> asked.settle(FORGOTTEN, NOTHING));
        assertTrue(pending.inFlight(TARGET).any());
    }

    @Test
    void ifTheOtherStaysInFlightPastThePatienceTheRecorderIsUnavailable() {
        pending.begin(TARGET);
        StopArbiter impatient = new StopArbiter(pending, UnitOfWork.oneAfterTheOther(), Duration.ofMillis(20));
        StopArbiter.Asked asked = impatient.ask(TARGET, Answer.NOT_LIVE::stage);
        RecorderUnavailableException failure =
                assertThrows(RecorderUnavailableException.class, () -> asked.settle(this::mustNotForget, NOTHING));
        assertEquals("another stop of the same is still in flight", failure.getMessage());
        assertFalse(failure.mayHaveArrived());
    }

    @Test
    void anInterruptedWaitLeavesTheThreadInterrupted() {
        pending.begin(TARGET);
        StopArbiter.Asked asked = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        Thread.currentThread().interrupt();
        RecorderUnavailableException failure =
                assertThrows(RecorderUnavailableException.class, () -> asked.settle(this::mustNotForget, NOTHING));
        assertEquals("interrupted while another stop is in flight", failure.getMessage());
        assertTrue(Thread.interrupted());
    }

    @Test
    void anAttemptThatOutlastsAConfirmedStopLeavesNothingToClaim() {
        StopArbiter.Asked late = arbiter.ask(TARGET, Answer.NOT_LIVE_AFTER_LOST_REPLY::stage);
        arbiter.ask(TARGET, Answer.DONE::stage).settle(FORGOTTEN, NOTHING);
        assertThrows(NoLiveRecordingException.class, () -> late.settle(FORGOTTEN, NOTHING));
    }

    @Test
    void anAttemptThatOutlastsAClaimLeavesNothingToClaim() {
        pending.endUnknown(pending.begin(TARGET));
        StopArbiter.Asked claiming = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        PendingStops.Attempt late = pending.begin(TARGET);
        pending.onPoll(1, () -> pending.endUnknown(late));
        claiming.settle(FORGOTTEN, NOTHING);
        StopArbiter.Asked next = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        assertThrows(NoLiveRecordingException.class, () -> next.settle(FORGOTTEN, NOTHING));
    }

    @Test
    void whoComesWhileAnotherClaimsFindsNothingToClaim() {
        pending.endUnknown(pending.begin(TARGET));
        StopArbiter.Asked claiming = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        claiming.settle(FORGOTTEN, () -> pending.endUnknown(pending.begin(TARGET)));
        assertFalse(pending.takeUnknown(TARGET));
    }

    // The registry or the marks fail

    @Test
    void ifForgettingAConfirmedStopFailsTheRepeatedOneIsConfirmed() {
        IllegalStateException broken = new IllegalStateException("registry is down");
        StopArbiter.Asked first = arbiter.ask(TARGET, Answer.DONE::stage);
        RuntimeException failure =
                assertThrows(RuntimeException.class, () -> first.settle(() -> fail(broken), NOTHING));
        assertSame(broken, failure);
        StopArbiter.Asked repeated = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        assertDoesNotThrow(() -> repeated.settle(FORGOTTEN, NOTHING));
    }

    @Test
    void ifForgettingAClaimedStopFailsTheRepeatedOneIsConfirmed() {
        pending.endUnknown(pending.begin(TARGET));
        IllegalStateException broken = new IllegalStateException("registry is down");
        StopArbiter.Asked first = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        RuntimeException failure =
                assertThrows(RuntimeException.class, () -> first.settle(() -> fail(broken), NOTHING));
        assertSame(broken, failure);
        StopArbiter.Asked repeated = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        assertDoesNotThrow(() -> repeated.settle(FORGOTTEN, NOTHING));
    }

    @Test
    void ifForgettingWhatEndedByItselfFailsNothingIsLeftToClaim() {
        IllegalStateException broken = new IllegalStateException("registry is down");
        StopArbiter.Asked first = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        assertThrows(IllegalStateException.class, () -> first.settle(() -> fail(broken), NOTHING));
        assertFalse(pending.inFlight(TARGET).any());
        assertFalse(pending.takeUnknown(TARGET));
    }

    @Test
    void ifNotingAClaimFailsTheRepeatedOneIsConfirmed() {
        pending.endUnknown(pending.begin(TARGET));
        StoreUnavailableException broken = new StoreUnavailableException("trail is down", null);
        StopArbiter.Asked first = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        RuntimeException failure =
                assertThrows(RuntimeException.class, () -> first.settle(FORGOTTEN, () -> fail(broken)));
        assertSame(broken, failure);
        StopArbiter.Asked repeated = arbiter.ask(TARGET, Answer.NOT_LIVE::stage);
        assertDoesNotThrow(() -> repeated.settle(FORGOTTEN, NOTHING));
    }

    @Test
    void aStopThatAnotherCallHasClaimedIsNotNoted() {
        StopArbiter.Asked asked = arbiter.ask(TARGET, Answer.DONE::stage);
        assertThrows(NoLiveRecordingException.class, () -> asked.settle(CLAIMED_BY_ANOTHER, () -> noted++));
        assertEquals(0, noted);
    }

    @Test
    void whatTheStoreKeepsFromBeingNotedStaysInFlight() {
        StopArbiter.Asked asked = arbiter.ask(TARGET, Answer.NO_STORE::stage);
        assertThrows(StoreUnavailableException.class, () -> asked.settle(FORGOTTEN, NOTHING));
        assertTrue(pending.inFlight(TARGET).any());
    }

    @ParameterizedTest
    @CsvSource({
        "REJECTED, StopRejectedException",
        "OUT_OF_REACH, RecorderUnavailableException",
        "REFUSED, RecorderFailedException"
    })
    void whatTheRecorderSaysIsToldThoughItsEndCantBeNoted(Answer answer, String outcome) {
        pending.unreachable = true;
        assertEquals(outcome, outcomeOf(answer));
    }

    @Test
    void thatNothingIsLiveIsNotToldIfTheMarksCantBeReached() {
        pending.unreachable = true;
        assertEquals("StoreUnavailableException", outcomeOf(Answer.NOT_LIVE));
    }

    // A stop of several recordings fails for one of them

    @Test
    void whatWasDoneOfAFailedStopIsNotedAndToldByTheRepeatedOne() {
        StopArbiter.Asked asked = arbiter.ask(TARGET, Answer.REJECTED::stage);
        assertThrows(StopRejectedException.class, () -> asked.settle(FORGOTTEN, NOTHING, () -> true, () -> noted++));
        assertEquals(1, noted);
        assertTrue(pending.takeUnknown(TARGET));
    }

    @Test
    void aFailedStopOfWhichNothingWasDoneIsOverAlsoWhereNothingCanBeNoted() {
        StopArbiter withoutStore = new StopArbiter(pending, StopArbiterTest::unreachable, Duration.ofSeconds(30));
        StopArbiter.Asked asked = withoutStore.ask(TARGET, Answer.REJECTED::stage);
        assertThrows(StopRejectedException.class, () -> asked.settle(FORGOTTEN, NOTHING, () -> false, () -> noted++));
        assertEquals(0, noted);
        assertFalse(pending.inFlight(TARGET).any());
        assertFalse(pending.takeUnknown(TARGET));
    }

    @Test
    void whatWasDoneAndCantBeNotedStaysInFlight() {
        StopArbiter withoutStore = new StopArbiter(pending, StopArbiterTest::unreachable, Duration.ofSeconds(30));
        StopArbiter.Asked asked = withoutStore.ask(TARGET, Answer.REJECTED::stage);
        assertThrows(StopRejectedException.class, () -> asked.settle(FORGOTTEN, NOTHING, () -> true, () -> noted++));
        assertTrue(pending.inFlight(TARGET).any());
    }

    private static void unreachable(Runnable work) {
        throw new StoreUnavailableException("store is down", null);
    }

    private boolean mustNotForget() {
        throw new AssertionError("it isn't known to be over");
    }

    private static boolean fail(RuntimeException failure) {
        throw failure;
    }

    /** Lets something happen while the arbiter waits. */
    private static final class ObservedPendingStops implements PendingStops {

        private final PendingStops inner = new MemoryPendingStops(null, InstantSource.system());
        private boolean unreachable;
        private int pollsLeft;
        private Runnable action = () -> {};

        void onPoll(int poll, Runnable happens) {
            pollsLeft = poll;
            action = happens;
        }

        @Override
        public InFlight inFlight(RecordingTarget target) {
            if (--pollsLeft == 0) {
                action.run();
            }
            return inner.inFlight(target);
        }

        @Override
        public boolean isClaimable(RecordingTarget target) {
            return inner.isClaimable(target);
        }

        @Override
        public Attempt begin(RecordingTarget target) {
            return inner.begin(target);
        }

        @Override
        public void end(Attempt attempt) {
            if (unreachable) {
                throw new StoreUnavailableException("marks are down", null);
            }
            inner.end(attempt);
        }

        @Override
        public void endUnknown(Attempt attempt) {
            inner.endUnknown(attempt);
        }

        @Override
        public boolean endStopped(Attempt attempt) {
            return inner.endStopped(attempt);
        }

        @Override
        public Attempt beginTelling(RecordingTarget target) {
            return inner.beginTelling(target);
        }

        @Override
        public boolean endTelling(Attempt telling) {
            return inner.endTelling(telling);
        }

        @Override
        public void giveUpTelling(Attempt telling) {
            inner.giveUpTelling(telling);
        }

        @Override
        public List<RecordingId> untold(Line line) {
            return inner.untold(line);
        }

        @Override
        public List<RecordingId> untold(RecordingTarget target) {
            return inner.untold(target);
        }

        @Override
        public boolean takeUntold(RecordingTarget target) {
            return inner.takeUntold(target);
        }

        @Override
        public boolean takeUnknown(RecordingTarget target) {
            return inner.takeUnknown(target);
        }

        @Override
        public Map<RecordingId, Duration> unknownRecordings() {
            return inner.unknownRecordings();
        }

        @Override
        public Optional<Duration> unknownFor(RecordingId id) {
            return inner.unknownFor(id);
        }
    }
}
