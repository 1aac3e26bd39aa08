package org.liverecordings.recording.recorder;

/** What was named is not being recorded. */
public class NoLiveRecordingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean afterLostReply;

    /** Nothing by that name is being recorded. */
    public NoLiveRecordingException() {
        this(false);
    }

    /**
     * @param afterLostReply whether the same call had tried before and not learnt the outcome, so that it may itself have
     *     stopped the recording
     */
    public NoLiveRecordingException(boolean afterLostReply) {
        super("no such live recording", null, false, false);
        this.afterLostReply = afterLostReply;
    }

    /** Whether an earlier try of the same call ended without an answer. */
    public boolean afterLostReply() {
        return afterLostReply;
    }
}
