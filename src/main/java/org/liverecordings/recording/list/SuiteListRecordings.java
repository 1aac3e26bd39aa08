package org.liverecordings.recording.list;

import java.util.List;
import java.util.Optional;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.permission.PermittedListing;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.store.LineCapabilities;

/** Lists what a suite holds. */
public final class SuiteListRecordings implements ListRecordingsUseCase {

    private final RecordingSuite suite;
    private final PermittedListing permittedListing;

    /** None is null. */
    public SuiteListRecordings(RecordingSuite suite, LineCapabilities lines) {
        this.suite = suite;
        this.permittedListing = new PermittedListing(lines);
    }

    /** To the suite we are a user who may see everything, hence what comes back is looked at once more. */
    @Override
    public List<ListedRecording> list(Caller caller, ListFilter filter) {
        ListFilter asked = filter;
        if (!caller.managesLines()) {
            if (filter.username() != null && !Line.isSameUser(filter.username(), caller.name())) {
                return List.of();
            }
            asked = filter.ofUser(caller.name());
        }
        List<ListedRecording> listed =
                RecorderAnswers.await(suite.within(caller.deadline()).list(asked));
        return permittedListing.permitted(caller, asked, listed);
    }

    @Override
    public Optional<ListedRecording> find(Caller caller, RecordingId id) {
        return list(caller, ListFilter.ALL).stream()
                .filter(recording -> recording.id().equals(id))
                .findFirst();
    }
}
