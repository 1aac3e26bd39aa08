package org.liverecordings.recording.start;

import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.store.LineHeldException;
import org.liverecordings.recording.timer.TimerUnusableException;

/** Starts recording a call. */
public interface StartRecordingUseCase {

    /**
     * Starts recording the call on the line that the request names, or on the caller's own. Of several lines that a device name
     * or a directory number leaves open, the first one that can be recorded is.
     *
     * @return the recording's id
     * @throws StartRejectedException if a rule forbids it; nothing was changed
     * @throws TimerUnusableException if it is to stop by itself in a way that can't be; nothing was changed
     * @throws NotPermittedException if it is another user's line of which the caller lacks complete management
     * @throws NoConnectedCallException if there is no call to record
     * @throws LineHeldException if a stop put a hold on the line that isn't over
     * @throws AlreadySoException if the line is being recorded already
     * @throws RecorderIncapableException if the recorder lacks a licence, a channel or configuration
     * @throws RecorderException if the recorder can't be asked or makes no sense; if it may have started, the recording is
     *     listed and can be stopped
     */
    RecordingId start(StartRequest request);
}
