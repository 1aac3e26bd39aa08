package org.liverecordings.recording.idempotency;

import org.liverecordings.recording.idempotency.AnswerWriter.Refusal;

/** The request was answered before: the same answer is to be given again. */
public final class RepeatedAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient StoredAnswer answer;
    private final transient Refusal refusal;

    /** Neither is null. */
    public RepeatedAnswerException(StoredAnswer answer, Refusal refusal) {
        super("answered before", null, false, false);
        this.answer = answer;
        this.refusal = refusal;
    }

    /** The answer to give. */
    public StoredAnswer answer() {
        return answer;
    }

    /** Why the request was refused, if it was; never null. */
    public Refusal refusal() {
        return refusal;
    }
}
