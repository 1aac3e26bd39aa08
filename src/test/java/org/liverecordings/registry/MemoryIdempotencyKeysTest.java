package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.idempotency.IdempotencyKeys.Outcome;
import org.liverecordings.recording.idempotency.StoredAnswer;
import org.liverecordings.registry.memory.MemoryIdempotencyKeys;

class MemoryIdempotencyKeysTest extends IdempotencyKeysContract {

    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private final IdempotencyKeys keys = new MemoryIdempotencyKeys(KEEP, 1000, () -> now);

    @Override
    IdempotencyKeys keys() {
        return keys;
    }

    @Override
    void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Test
    void ifThereAreTooManyTheOldestAnswerGoesFirst() {
        IdempotencyKeys few = new MemoryIdempotencyKeys(KEEP, 2, () -> now);
        UUID holder = UUID.randomUUID();
        few.take(key("held"), holder, Duration.ofMinutes(1));
        for (String name : new String[] {"1", "2"}) {
            few.take(key(name), holder, Duration.ofMinutes(1));
            few.store(key(name), holder, new StoredAnswer(204, null, null));
        }
        assertEquals(
                Outcome.HELD,
                few.take(key("held"), UUID.randomUUID(), Duration.ZERO).outcome());
        assertEquals(
                Outcome.ANSWERED,
                few.take(key("2"), UUID.randomUUID(), Duration.ZERO).outcome());
        assertEquals(
                Outcome.TAKEN,
                few.take(key("1"), UUID.randomUUID(), Duration.ZERO).outcome());
    }

    /** Else requests that die would fill the memory. */
    @Test
    void aKeyWhoseHolderDiedMakesRoomLikeAnAnswer() {
        // Given
        Duration minute = Duration.ofMinutes(1);
        IdempotencyKeys few = new MemoryIdempotencyKeys(KEEP, 1, () -> now);
        few.take(key("dead"), UUID.randomUUID(), minute);
        pass(minute);
        few.take(key("next"), UUID.randomUUID(), minute);
        // When
        Outcome outcome = few.take(new IdempotencyKey("alice", "dead", "other", null), UUID.randomUUID(), minute)
                .outcome();
        // Then
        assertEquals(Outcome.TAKEN, outcome);
    }

    private static IdempotencyKey key(String name) {
        return new IdempotencyKey("alice", name, "f", null);
    }
}
