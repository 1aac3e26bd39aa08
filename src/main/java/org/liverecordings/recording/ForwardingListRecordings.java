package org.liverecordings.recording;

import java.util.List;

/** Lists what a suite holds. */
public final class ForwardingListRecordings implements ListRecordingsUseCase {

    private final RecordingSuite suite;

    /** Never null. */
    public ForwardingListRecordings(RecordingSuite suite) {
        this.suite = suite;
    }

    /** To the suite we are a user who may see everything, hence what comes back is looked at once more. */
    @Override
    public List<ListedRecording> list(Caller caller, ListFilter filter) {
        if (caller.hasCompleteManagement()) {
            return RecorderAnswers.await(suite.list(filter));
        }
        if (filter.username() != null && !Line.isSameUser(filter.username(), caller.name())) {
            return List.of();
        }
        return RecorderAnswers.await(suite.list(filter.ofUser(caller.name()))).stream()
                .filter(recording -> recording.belongsTo(caller))
                .toList();
    }
}
