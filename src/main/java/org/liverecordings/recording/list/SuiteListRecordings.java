package org.liverecordings.recording.list;

import java.util.List;
import java.util.Optional;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecordingSuite;

/** Lists what a suite holds. */
public final class SuiteListRecordings implements ListRecordingsUseCase {

    private final RecordingSuite suite;

    /** Never null. */
    public SuiteListRecordings(RecordingSuite suite) {
        this.suite = suite;
    }

    /** To the suite we are a user who may see everything, hence what comes back is looked at once more. */
    @Override
    public List<ListedRecording> list(Caller caller, ListFilter filter) {
        RecordingSuite inTime = suite.within(caller.deadline());
        if (caller.hasCompleteManagement()) {
            return RecorderAnswers.await(inTime.list(filter));
        }
        if (filter.username() != null && !Line.isSameUser(filter.username(), caller.name())) {
            return List.of();
        }
        return RecorderAnswers.await(inTime.list(filter.ofUser(caller.name()))).stream()
                .filter(recording -> recording.belongsTo(caller))
                .toList();
    }

    @Override
    public Optional<ListedRecording> find(Caller caller, RecordingId id) {
        return list(caller, ListFilter.ALL).stream()
                .filter(recording -> recording.id().equals(id))
                .findFirst();
    }
}
