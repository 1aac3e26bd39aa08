package org.liverecordings.recording;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The registry: which recordings are live. Safe for use by many threads. */
public interface LiveRecordingRepository {

    /**
     * Registers recordings; one whose id is there already stays as it is.
     */
    void addAll(Collection<LiveRecording> recordings);

    /** The live recording with this id. */
    Optional<LiveRecording> find(RecordingId id);

    /** The live recordings that the selector names, manual dial-ins included, in the order of their ids. */
    List<LiveRecording> find(LineSelector selector);

    /**
     * Forgets a recording.
     *
     * @return true if it was there; of simultaneous calls exactly one gets true
     */
    boolean remove(RecordingId id);

    /** The number of live recordings. */
    long count();
}
