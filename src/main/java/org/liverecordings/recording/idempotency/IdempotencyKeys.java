package org.liverecordings.recording.idempotency;

import java.time.Duration;
import java.util.UUID;

/**
 * The keys that are in use, and the answers that are kept under them. A key is leased like the target of a stop: one request works on
 * it at a time, and one that lost it stores nothing. Safe for use by many threads.
 *
 * <p>Every method throws {@code StoreUnavailableException} if what keeps the keys can't be reached.
 */
public interface IdempotencyKeys {

    /**
     * Takes the key for a request, unless it has an answer, another request holds it, or it was used for something else.
     *
     * @param holder tells this request from any other
     * @param duration after which another request for the same may take it over; for something else it is kept as long as an answer
     */
    Taken take(IdempotencyKey key, UUID holder, Duration duration);

    /**
     * Stores the answer under the key, for as long as answers are kept. Part of the caller's unit of work.
     *
     * @return false if another request has taken the key over; then nothing is stored
     */
    boolean store(IdempotencyKey key, UUID holder, StoredAnswer answer);

    /** Lets the next request with this key be a new attempt, if this one still holds it. */
    void release(IdempotencyKey key, UUID holder);

    /**
     * Removes what was kept long enough, or a part of it.
     *
     * @return how many; 0 if none is left
     */
    int removeLapsed();

    /**
     * What became of an attempt to take a key.
     *
     * @param outcome never null
     * @param answer null unless the outcome is {@link Outcome#ANSWERED}
     */
    record Taken(Outcome outcome, StoredAnswer answer) {}

    /** What becomes of an attempt to take a key. */
    enum Outcome {
        /** The request holds the key now. */
        TAKEN,
        /** The request was answered before. */
        ANSWERED,
        /** Another request holds the key. */
        HELD,
        /** The key belongs to a request for something else. */
        OTHER_REQUEST
    }
}
