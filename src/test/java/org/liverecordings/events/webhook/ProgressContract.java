package org.liverecordings.events.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.events.webhook.Progress.State;

/** What everybody does who keeps how far webhooks have got. */
abstract class ProgressContract {

    static final Duration LONG = Duration.ofMinutes(1);

    final String name = "crm-" + UUID.randomUUID();

    abstract Progress progress();

    /** The position of the latest event. */
    abstract long latest();

    private Optional<State> failed(String failure, Duration delay) {
        return progress().failed(name, progress().hold(name, LONG), failure, delay);
    }

    @Test
    void aNewOneBeginsWithWhatComesFromNowOn() {
        State state = progress().hold(name, LONG);
        assertEquals(new State(true, latest(), 0, null, true, null, null, null), state);
    }

    @Test
    void whatIsDeliveredIsRemembered() {
        long begin = progress().hold(name, LONG).position();
        assertTrue(progress().delivered(name, begin, begin + 3));
        assertEquals(begin + 3, progress().hold(name, LONG).position());
    }

    @Test
    void whoWasAtAnotherPositionMovesNothing() {
        long begin = progress().hold(name, LONG).position();
        assertFalse(progress().delivered(name, begin + 1, begin + 3));
        assertEquals(begin, progress().hold(name, LONG).position());
    }

    @Test
    void afterAFailureItIsNotDueForAWhile() {
        failed("it answered 500", LONG);
        State state = progress().hold(name, LONG);
        assertEquals(1, state.attempts());
        assertFalse(state.due());
        assertEquals("it answered 500", state.failure());
        assertNotNull(state.failingSince());
    }

    @Test
    void theFirstFailureIsRemembered() {
        failed("it answered 500", Duration.ZERO);
        State first = progress().hold(name, LONG);
        failed("it answered 503", Duration.ZERO);
        State second = progress().hold(name, LONG);
        assertTrue(second.due());
        assertEquals(2, second.attempts());
        assertEquals(first.failingSince(), second.failingSince());
    }

    @Test
    void aSuccessEndsTheFailing() {
        State failing = failed("it answered 500", Duration.ZERO).orElseThrow();
        progress().delivered(name, failing.position(), failing.position() + 1);
        assertEquals(
                new State(true, failing.position() + 1, 0, null, true, failing.dueAt(), null, null),
                progress().hold(name, LONG));
    }

    @Test
    void aParkedOneStaysSoUntilItIsReplayed() {
        long begin = progress().hold(name, LONG).position();
        failed("it answered 500", Duration.ZERO);
        progress().park(name, progress().hold(name, LONG), "it answered 410");
        State parked = progress().hold(name, LONG);
        assertNotNull(parked.parkedAt());
        assertEquals("it answered 410", parked.failure());
        assertEquals(Optional.of(begin), progress().replay(name, null));
        assertNull(progress().hold(name, LONG).parkedAt());
        assertEquals(0, progress().hold(name, LONG).attempts());
    }

    @Test
    void aReplayGoesBack() {
        long begin = progress().hold(name, LONG).position();
        progress().delivered(name, begin, begin + 9);
        assertEquals(Optional.of(begin + 2), progress().replay(name, begin + 2));
        assertEquals(begin + 2, progress().hold(name, LONG).position());
    }

    @Test
    void aReplayNeverGoesForward() {
        long begin = failed("it answered 500", LONG).orElseThrow().position();
        assertEquals(Optional.of(begin), progress().replay(name, begin + 5));
        assertAsReplayed(begin);
    }

    private void assertAsReplayed(long position) {
        State state = progress().hold(name, LONG);
        assertEquals(new State(true, position, 0, null, true, state.dueAt(), null, null), state);
    }

    @Test
    void whoNotesAFailureIsToldTheState() {
        State failed = failed("it answered 500", LONG).orElseThrow();
        assertEquals(progress().hold(name, LONG), failed);
        State parked = progress().park(name, failed, "it answered 410").orElseThrow();
        assertEquals(progress().hold(name, LONG), parked);
    }

    /** A replay crosses an attempt: the first one of an event, or a later one. */
    @ParameterizedTest
    @CsvSource({"false, 0", "false, 2", "true, 0", "true, 2"})
    void aFailureOfWhatBeganBeforeAReplayChangesNothing(boolean failedBefore, long back) {
        State begun = begun(failedBefore);
        progress().replay(name, begun.position() - back);
        assertEquals(Optional.empty(), progress().failed(name, begun, "it answered 500", LONG));
        assertAsReplayed(begun.position() - back);
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "false, 2", "true, 0", "true, 2"})
    void whatBeganBeforeAReplayParksNothing(boolean failedBefore, long back) {
        State begun = begun(failedBefore);
        progress().replay(name, begun.position() - back);
        assertEquals(Optional.empty(), progress().park(name, begun, "it answered 410"));
        assertAsReplayed(begun.position() - back);
    }

    private State begun(boolean failedBefore) {
        if (failedBefore) {
            failed("it answered 500", Duration.ZERO);
        }
        return progress().hold(name, LONG);
    }

    @Test
    void whatBeganAfterAReplayFailsAsEver() {
        progress().hold(name, LONG);
        progress().replay(name, null);
        State failing = failed("it answered 500", LONG).orElseThrow();
        assertEquals(1, failing.attempts());
        assertFalse(failing.due());
    }

    /** It is delivered after all, and nothing before it was asked for. */
    @Test
    void whatIsDeliveredWhileAReplayGoesOnWhereItWasCounts() {
        State begun = begun(true);
        progress().replay(name, null);
        assertTrue(progress().delivered(name, begun.position(), begun.position() + 1));
        assertAsReplayed(begun.position() + 1);
    }

    @Test
    void whatIsDeliveredWhileAReplayGoesBackSkipsNothing() {
        State begun = begun(true);
        progress().replay(name, begun.position() - 2);
        assertFalse(progress().delivered(name, begun.position(), begun.position() + 1));
        assertAsReplayed(begun.position() - 2);
    }

    /** What isn't wanted is noted first, and then the failure of what came after it. */
    @Test
    void aReplayIsNoticedBeyondWhatIsPassedOver() {
        State begun = begun(true);
        progress().replay(name, null);
        progress().delivered(name, begun.position(), begun.position() + 1);
        State passedOn = new State(true, begun.position() + 1, 0, null, true, begun.dueAt(), null, null);
        assertEquals(Optional.empty(), progress().failed(name, passedOn, "it answered 500", LONG));
        assertAsReplayed(begun.position() + 1);
    }

    @Test
    void anUnknownOneIsNotReplayed() {
        assertEquals(Optional.empty(), progress().replay("unknown-" + UUID.randomUUID(), null));
    }
}
