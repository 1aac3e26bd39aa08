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
import org.liverecordings.events.webhook.Progress.State;

/** What everybody does who keeps how far webhooks have got. */
abstract class ProgressContract {

    static final Duration LONG = Duration.ofMinutes(1);

    final String name = "crm-" + UUID.randomUUID();

    abstract Progress progress();

    /** The position of the latest event. */
    abstract long latest();

    @Test
    void aNewOneBeginsWithWhatComesFromNowOn() {
        State state = progress().hold(name, LONG);
        assertEquals(new State(true, latest(), 0, null, true, null, null), state);
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
        progress().hold(name, LONG);
        progress().failed(name, "it answered 500", LONG);
        State state = progress().hold(name, LONG);
        assertEquals(1, state.attempts());
        assertFalse(state.due());
        assertEquals("it answered 500", state.failure());
        assertNotNull(state.failingSince());
    }

    @Test
    void theFirstFailureIsRemembered() {
        progress().hold(name, LONG);
        progress().failed(name, "it answered 500", Duration.ZERO);
        State first = progress().hold(name, LONG);
        progress().failed(name, "it answered 503", Duration.ZERO);
        State second = progress().hold(name, LONG);
        assertTrue(second.due());
        assertEquals(2, second.attempts());
        assertEquals(first.failingSince(), second.failingSince());
    }

    @Test
    void aSuccessEndsTheFailing() {
        long begin = progress().hold(name, LONG).position();
        progress().failed(name, "it answered 500", LONG);
        progress().delivered(name, begin, begin + 1);
        assertEquals(
                new State(true, begin + 1, 0, null, true, null, null),
                progress().hold(name, LONG));
    }

    @Test
    void aParkedOneStaysSoUntilItIsReplayed() {
        long begin = progress().hold(name, LONG).position();
        progress().failed(name, "it answered 500", Duration.ZERO);
        progress().park(name, "it answered 410");
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
        long begin = progress().hold(name, LONG).position();
        progress().failed(name, "it answered 500", LONG);
        assertEquals(Optional.of(begin), progress().replay(name, begin + 5));
        assertEquals(
                new State(true, begin, 0, null, true, null, null), progress().hold(name, LONG));
    }

    @Test
    void anUnknownOneIsNotReplayed() {
        assertEquals(Optional.empty(), progress().replay("unknown-" + UUID.randomUUID(), null));
    }
}
