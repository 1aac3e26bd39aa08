package org.liverecordings.recording.pause;

import java.util.List;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.PermittedListing;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.PermittedLines;

/**
 * Forwards a pause or a resume to a suite that holds the recordings. The suite sees the user that we sign in as, hence whose
 * recordings they are is decided here, by what the suite lists.
 */
public final class SuitePauseRecording implements PauseRecordingUseCase {

    private final RecordingSuite suite;
    private final PermittedLines permittedLines;
    private final PermittedListing permittedListing;
    private final AuditedRequests requests;

    /** None is null. */
    public SuitePauseRecording(RecordingSuite suite, LineCapabilities lines, AuditedRequests requests) {
        this.suite = suite;
        this.permittedLines = new PermittedLines(lines);
        this.permittedListing = new PermittedListing(lines);
        this.requests = requests;
    }

    @Override
    public void pause(PauseRequest request) {
        requests.run(request.asked(), audit -> {
            RecordingTarget target = request.target();
            RecordingSuite inTime = suite.within(audit.deadline());
            if (request.caller().hasCompleteManagement()) {
                RecorderAnswers.await(request.resume() ? inTime.resume(target) : inTime.pause(target));
                audit.done(
                        target instanceof RecordingTarget.ById byId ? List.of(byId.id()) : List.of(), null, () -> {});
            } else {
                PauseEach.run(
                        findPermitted(inTime, request.caller(), target),
                        id -> request.resume()
                                ? inTime.resume(new RecordingTarget.ById(id))
                                : inTime.pause(new RecordingTarget.ById(id)),
                        audit);
            }
            return null;
        });
    }

    private List<RecordingId> findPermitted(RecordingSuite inTime, Caller caller, RecordingTarget target) {
        List<ListedRecording> live;
        ListFilter filter = ListFilter.ALL;
        if (target instanceof RecordingTarget.ById byId) {
            live = RecorderAnswers.await(inTime.list(filter)).stream()
                    .filter(recording -> recording.id().equals(byId.id()))
                    .toList();
        } else {
            LineSelector selector = ((RecordingTarget.OnLine) target).selector();
            filter = new ListFilter(null, selector.directoryNumber(), null, null);
            live = RecorderAnswers.await(inTime.list(filter));
            if (live.isEmpty() && !permittedLines.permit(caller, selector)) {
                throw new NotPermittedException();
            }
        }
        if (live.isEmpty()) {
            throw new NoLiveRecordingException();
        }
        List<RecordingId> permitted = permittedListing.permitted(caller, filter, live).stream()
                .map(ListedRecording::id)
                .toList();
        if (permitted.isEmpty()) {
            throw new NotPermittedException();
        }
        return permitted;
    }
}
