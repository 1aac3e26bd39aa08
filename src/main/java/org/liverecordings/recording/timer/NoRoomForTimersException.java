package org.liverecordings.recording.timer;

import org.liverecordings.recording.store.StoreUnavailableException;

/** There are as many timers as may be kept: asking again later may help. */
public final class NoRoomForTimersException extends StoreUnavailableException {

    private static final long serialVersionUID = 1L;

    /**
     * @param capacity how many may be kept
     */
    public NoRoomForTimersException(int capacity) {
        super("there are " + capacity + " timers already", null);
    }
}
