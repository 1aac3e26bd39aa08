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

    /** Why the request was refused, if it was, read from its stored answer. */
    Refusal refusal(StoredAnswer answer);

    /**
     * Why a request was refused.
     *
     * @param kind never null
     * @param reason the contract's number of the reason; null if the answer names none
     */
    record Refusal(Kind kind, Integer reason) {

        /** The request was done. */
        public static final Refusal NONE = new Refusal(Kind.NONE, null);

        /** Of which kind a refusal is. */
        public enum Kind {
            /** The request was done. */
            NONE,
            /** The client must ask for something else. */
            REJECTED,
            /** The caller may not. */
            FORBIDDEN,
            /** Nothing like it is there. */
            NOT_LIVE,
            /** A hold on the line was in the way. */
            HELD,
            /** It was so already. */
            ALREADY_SO
        }
    }
}
