package org.liverecordings.recording.store;

import org.liverecordings.recording.store.Holds.Hold;

/** Nothing may be started on the line for now; nothing was. */
public class LineHeldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Hold hold;

    /** Never null. */
    public LineHeldException(Hold hold) {
        super("the line is on hold until " + hold.until(), null, false, false);
        this.hold = hold;
    }

    /** Never null. */
    public Hold hold() {
        return hold;
    }
}
