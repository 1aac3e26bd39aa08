package org.liverecordings.recording;

import java.util.List;

/** Lists live recordings. */
public interface ListRecordingsUseCase {

    /**
     * Lists the live recordings that pass the filter and that the caller may see: with complete management all, else those on
     * the caller's own lines, whatever the filter says.
     *
     * @throws RecorderException if a recorder that keeps them itself can't be asked
     */
    List<ListedRecording> list(Caller caller, ListFilter filter);
}
