package org.liverecordings.recording.event;

import java.util.Collection;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;

/**
 * Where events of recordings and holds are noted. Each method is part of the caller's unit of work, so that there is no event
 * without the change, and no change without its event.
 *
 * <p>Every method throws {@link org.liverecordings.recording.store.StoreUnavailableException} if what keeps the events can't be reached.
 */
public interface Events {

    /** Nobody wants them. */
    Events NONE = new Events() {
        @Override
        public void changed(Collection<RecordingId> recordings, Cause cause) {}

        @Override
        public void ended(LiveRecording recording, EventType type, Cause cause) {}

        @Override
        public void held(Collection<LineSelector> lines, EventType type, Cause cause) {}
    };

    /**
     * Notes what these recordings are by now, unless that was noted before: started, paused or resumed. What has ended meanwhile is
     * left out, since after the end nothing is published of a recording.
     *
     * @param recordings empty if the recorder has no id for what it did
     * @param cause the request that changed them; null if none did
     */
    void changed(Collection<RecordingId> recordings, Cause cause);

    /**
     * Notes the end of a recording that has left the registry, and that nobody stopped.
     *
     * @param type {@link EventType#ENDED} or {@link EventType#START_FAILED}
     * @param cause who had asked for the start that failed; null if nobody waits for it
     */
    void ended(LiveRecording recording, EventType type, Cause cause);

    /**
     * Notes what became of the holds on these lines.
     *
     * @param type {@link EventType#HOLD_PLACED}, {@link EventType#HOLD_LIFTED} or {@link EventType#HOLD_ENDED}
     * @param cause the request that did it; null if none did
     */
    void held(Collection<LineSelector> lines, EventType type, Cause cause);
}
