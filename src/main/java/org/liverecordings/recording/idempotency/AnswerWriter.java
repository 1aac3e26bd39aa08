package org.liverecordings.recording.idempotency;

import java.util.Optional;

/** Writes down the answers of one request before they are sent, so that they can be stored together with what they tell. */
public interface AnswerWriter {

    /**
     * The answer to a request that was done.
     *
     * @param result what the operation returns; null if nothing
     */
    StoredAnswer done(Object result);

    /** The answer to a request that failed; empty if it isn't definitive, so that a repetition is a new attempt. */
    Optional<StoredAnswer> failed(RuntimeException failure);
}
