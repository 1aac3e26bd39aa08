package org.liverecordings.recording.pause;

import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.timer.TimerUnusableException;

/** Pauses and resumes live recordings, so that payment data isn't recorded. */
public interface PauseRecordingUseCase {

    /**
     * Pauses or resumes what the request names. Returning means that the recorder confirmed it for every recording that is
     * named and still live.
     *
     * @throws PauseRejectedException if the request names nothing
     * @throws TimerUnusableException if it is to end by itself in a way that can't be; nothing was changed
     * @throws NotPermittedException if they are other users' recordings of which the caller lacks complete management
     * @throws NoLiveRecordingException if what is named is not being recorded
     * @throws AlreadySoException if all of them are paused, or not paused, already
     * @throws RecorderException if one of them can't be confirmed
     */
    void pause(PauseRequest request);
}
