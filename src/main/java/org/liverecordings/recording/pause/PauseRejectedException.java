package org.liverecordings.recording.pause;

import org.liverecordings.recording.RejectedException;
import org.liverecordings.recording.Rejection;

/** A pause or resume that breaks a rule; nothing was changed. */
public class PauseRejectedException extends RejectedException {

    private static final long serialVersionUID = 1L;

    /** The only rule there is: the id must be a GUID, and a directory number must be given. */
    public PauseRejectedException() {
        super(Reason.INVALID_TARGET, null);
    }

    private enum Reason implements Rejection {
        INVALID_TARGET;

        @Override
        public int code() {
            return 0;
        }
    }
}
