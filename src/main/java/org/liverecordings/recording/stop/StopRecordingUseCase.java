package org.liverecordings.recording.stop;

import java.util.List;

import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;

/** Stops live recordings, by the rules of the contract. */
public interface StopRecordingUseCase {

    /**
     * Stops what the request names. Returning means that it is stopped, and that no other call was told so.
     *
     * @return the recordings that were stopped, as far as their ids are known: a recorder that applies the rules itself
     *     doesn't tell which recordings it found on a line
     * @throws StopRejectedException if a rule forbids it; nothing was changed
     * @throws NoLiveRecordingException if what was named is not being recorded
     * @throws RecorderUnavailableException if the recorder can't be asked now; calling again goes on with what is left
     * @throws RecorderFailedException if the recorder's answer makes no sense
     */
    List<RecordingId> stop(StopRequest request);
}
