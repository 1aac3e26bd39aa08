package org.liverecordings.recording.list;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.store.Timers.Times;

/** Lists what another one lists, with what happens to each recording by itself. */
public final class ListWithTimers implements ListRecordingsUseCase {

    private final ListRecordingsUseCase recordings;
    private final Timers timers;

    /** None is null. */
    public ListWithTimers(ListRecordingsUseCase recordings, Timers timers) {
        this.recordings = recordings;
        this.timers = timers;
    }

    @Override
    public List<ListedRecording> list(Caller caller, ListFilter filter) {
        return timed(recordings.list(caller, filter));
    }

    @Override
    public Optional<ListedRecording> find(Caller caller, RecordingId id) {
        return timed(recordings.find(caller, id).stream().toList()).stream().findFirst();
    }

    /** What is being recorded is shown although nobody can tell for how long. */
    private List<ListedRecording> timed(List<ListedRecording> listed) {
        if (listed.isEmpty()) {
            return listed;
        }
        Map<RecordingId, Times> times;
        try {
            times = timers.of(listed.stream().map(ListedRecording::id).toList());
        } catch (StoreUnavailableException e) {
            return listed;
        }
        return times.isEmpty()
                ? listed
                : listed.stream()
                        .map(recording -> recording.with(times.getOrDefault(recording.id(), Times.NONE)))
                        .toList();
    }
}
