package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.idempotency.IdempotencyKeys.Outcome;
import org.liverecordings.recording.idempotency.IdempotencyKeys.Taken;
import org.liverecordings.recording.idempotency.StoredAnswer;

/** What every keeper of keys does. */
abstract class IdempotencyKeysContract {

    static final Duration KEEP = Duration.ofHours(24);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final StoredAnswer ANSWER = new StoredAnswer(201, "application/json", "{\"id\":\"ä\"}");
    private static final Taken TAKEN = new Taken(Outcome.TAKEN, null);
    private static final Taken HELD = new Taken(Outcome.HELD, null);

    private final UUID holder = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final String value = UUID.randomUUID().toString();
    private final IdempotencyKey key = new IdempotencyKey("alice", value, "f", null);
    private final IdempotencyKey reused = new IdempotencyKey("alice", value, "g", null);

    abstract IdempotencyKeys keys();

    abstract void pass(Duration duration);

    @Test
    void aKeyIsHeldByOneRequestAtATime() {
        assertEquals(TAKEN, keys().take(key, holder, LONG));
        assertEquals(HELD, keys().take(key, other, LONG));
    }

    @Test
    void twoUsersMayHaveTheSameKey() {
        keys().take(key, holder, LONG);
        assertEquals(TAKEN, keys().take(new IdempotencyKey("bob", value, "g", null), other, LONG));
    }

    @Test
    void anAnswerIsGivenAgainToTheByteUntilItsTimeIsOver() {
        keys().take(key, holder, LONG);
        assertTrue(keys().store(key, holder, ANSWER));
        pass(KEEP.minusSeconds(10));
        assertEquals(new Taken(Outcome.ANSWERED, ANSWER), keys().take(key, other, LONG));
        pass(Duration.ofSeconds(10));
        assertEquals(TAKEN, keys().take(reused, other, LONG));
    }

    @Test
    void anAnswerWithoutABodyIsKeptAsSuch() {
        StoredAnswer nothing = new StoredAnswer(204, null, null);
        keys().take(key, holder, LONG);
        keys().store(key, holder, nothing);
        assertEquals(new Taken(Outcome.ANSWERED, nothing), keys().take(key, other, LONG));
    }

    @Test
    void aKeyIsGoodForOneThing() {
        keys().take(key, holder, LONG);
        assertEquals(new Taken(Outcome.OTHER_REQUEST, null), keys().take(reused, other, LONG));
        keys().store(key, holder, ANSWER);
        assertEquals(new Taken(Outcome.OTHER_REQUEST, null), keys().take(reused, other, LONG));
    }

    @Test
    void aKeyWhoseHolderDiedIsTakenOver() {
        keys().take(key, holder, LONG);
        pass(LONG);
        assertEquals(TAKEN, keys().take(key, other, LONG));
        assertFalse(keys().store(key, holder, ANSWER));
        keys().release(key, holder);
        assertEquals(HELD, keys().take(key, holder, LONG));
    }

    @Test
    void aKeyWhoseHolderDiedIsGoodForTheSameThingOnlyUntilItsTimeIsOver() {
        // Given
        keys().take(key, holder, LONG);
        pass(LONG.plus(KEEP).minusSeconds(10));
        keys().removeLapsed();
        // When
        Taken early = keys().take(reused, other, LONG);
        pass(Duration.ofSeconds(10));
        Taken late = keys().take(reused, other, LONG);
        // Then
        assertEquals(new Taken(Outcome.OTHER_REQUEST, null), early);
        assertEquals(TAKEN, late);
    }

    @Test
    void aHolderWhoseTimeIsOverStillStoresItsAnswerIfNobodyTookTheKeyOver() {
        // Given
        keys().take(key, holder, LONG);
        pass(LONG);
        keys().removeLapsed();
        // When
        boolean stored = keys().store(key, holder, ANSWER);
        // Then
        assertTrue(stored);
        assertEquals(new Taken(Outcome.ANSWERED, ANSWER), keys().take(key, other, LONG));
    }

    @Test
    void aKeyThatIsReleasedIsANewAttempt() {
        keys().take(key, holder, LONG);
        keys().release(key, holder);
        assertEquals(TAKEN, keys().take(key, other, LONG));
    }

    @Test
    void anAnswerIsNotReleased() {
        keys().take(key, holder, LONG);
        keys().store(key, holder, ANSWER);
        keys().release(key, holder);
        assertEquals(new Taken(Outcome.ANSWERED, ANSWER), keys().take(key, other, LONG));
    }

    @Test
    void whatWasKeptLongEnoughIsSwept() {
        keys().removeLapsed();
        keys().take(key, holder, LONG);
        keys().store(key, holder, ANSWER);
        pass(KEEP);
        keys().take(new IdempotencyKey("bob", value, "f", null), holder, LONG);
        assertTrue(keys().removeLapsed() >= 1);
        assertEquals(TAKEN, keys().take(reused, other, LONG));
    }
}
