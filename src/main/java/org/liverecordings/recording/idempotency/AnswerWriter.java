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

    /** Why the request was refused, read from its stored answer. */
    Refusal refusal(StoredAnswer answer);

    /**
     * Why a request was refused, as far as the answer's status doesn't tell.
     *
     * @param reason the contract's number of the reason; null if the answer names none
     * @param held whether a hold on the line was in the way
     */
    record Refusal(Integer reason, boolean held) {

        /** The status tells all. */
        public static final Refusal NONE = new Refusal(null, false);
    }
}
