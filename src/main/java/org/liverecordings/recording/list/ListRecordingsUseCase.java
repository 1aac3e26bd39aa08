package org.liverecordings.recording.list;

import java.util.List;
import java.util.Optional;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.RecorderException;

/** Lists live recordings. */
public interface ListRecordingsUseCase {

    /**
     * Lists the live recordings that pass the filter and that the caller may see: with complete management all, else those on
     * lines that the caller manages and on the caller's own, whatever the filter says.
     *
     * @throws RecorderException if a recorder that keeps them itself can't be asked
     */
    List<ListedRecording> list(Caller caller, ListFilter filter);

    /**
     * One live recording.
     *
     * @return empty if it isn't live, or the caller may not see it
     * @throws RecorderException if the recorder can't be asked or makes no sense
     */
    Optional<ListedRecording> find(Caller caller, RecordingId id);
}
