package org.liverecordings.recording.idempotency;

/** The request was answered before: the same answer is to be given again. */
public final class RepeatedAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient StoredAnswer answer;

    /** Never null. */
    public RepeatedAnswerException(StoredAnswer answer) {
        super("answered before", null, false, false);
        this.answer = answer;
    }

    /** The answer to give. */
    public StoredAnswer answer() {
        return answer;
    }
}
