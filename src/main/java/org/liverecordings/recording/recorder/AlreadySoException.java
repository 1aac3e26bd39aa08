package org.liverecordings.recording.recorder;

/** What was asked for is the case already: the line is being recorded, the recording is paused, or it isn't. */
public class AlreadySoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is the case
     */
    public AlreadySoException(String message) {
        super(message, null, false, false);
    }
}
