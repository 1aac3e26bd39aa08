package org.liverecordings.recording.recorder;

/** The recorder doesn't offer a list, or one that can't be read. To ask again would bring the same. */
public final class NoUsableListException extends RecorderFailedException {

    private static final long serialVersionUID = 1L;

    /**
     * @param cause null if there is none
     */
    public NoUsableListException(String message, Throwable cause) {
        super(message, false, cause);
    }

    /** A list changes nothing, whatever its earlier tries came to. */
    @Override
    public NoUsableListException orEarlier(boolean earlierMayHaveArrived) {
        return this;
    }
}
