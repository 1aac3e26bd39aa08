package org.liverecordings.recording.event;

/** Nobody wanted events, so that none are written. */
public class NoEventsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the setting. */
    public NoEventsException() {
        super("events are off, see live-recordings.events.enabled", null, false, false);
    }
}
