package org.liverecordings.recording.pause;

import java.util.List;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.OwnLines;
import org.liverecordings.recording.store.UnitOfWork;

/**
 * Forwards a pause or a resume to a suite that holds the recordings. The suite sees the user that we sign in as, hence whose
 * recordings they are is decided here, by what the suite lists.
 */
public final class SuitePauseRecording implements PauseRecordingUseCase {

    private final RecordingSuite suite;
    private final OwnLines ownLines;
    private final UnitOfWork unitOfWork;
    private final PauseEach pauseEach;
    private final AuditTrail trail;

    /** None is null. */
    public SuitePauseRecording(RecordingSuite suite, LineCapabilities lines, UnitOfWork unitOfWork, AuditTrail trail) {
        this.suite = suite;
        this.ownLines = new OwnLines(lines);
        this.unitOfWork = unitOfWork;
        this.pauseEach = new PauseEach(unitOfWork);
        this.trail = trail;
    }

    @Override
    public void pause(PauseRequest request) {
        Auditing.of(trail, request.asked(), audit -> {
            RecordingTarget target = request.target();
            if (request.caller().hasCompleteManagement()) {
                RecorderAnswers.await(request.resume() ? suite.resume(target) : suite.pause(target));
                RecordingId id = target instanceof RecordingTarget.ById byId ? byId.id() : null;
                unitOfWork.run(() -> audit.confirmed(id));
                audit.tookEffect(id);
            } else {
                pauseEach.run(
                        findOwn(request.caller(), target),
                        id -> request.resume()
                                ? suite.resume(new RecordingTarget.ById(id))
                                : suite.pause(new RecordingTarget.ById(id)),
                        audit);
            }
            return null;
        });
    }

    private List<RecordingId> findOwn(Caller caller, RecordingTarget target) {
        List<ListedRecording> live;
        if (target instanceof RecordingTarget.ById byId) {
            live = RecorderAnswers.await(suite.list(ListFilter.ALL)).stream()
                    .filter(recording -> recording.id().equals(byId.id()))
                    .toList();
        } else {
            LineSelector selector = ((RecordingTarget.OnLine) target).selector();
            live = RecorderAnswers.await(suite.list(new ListFilter(null, selector.directoryNumber(), null, null)));
            if (live.isEmpty() && !ownLines.permit(caller, selector)) {
                throw new NotPermittedException();
            }
        }
        if (live.isEmpty()) {
            throw new NoLiveRecordingException();
        }
        List<RecordingId> own = live.stream()
                .filter(recording -> recording.belongsTo(caller))
                .map(ListedRecording::id)
                .toList();
        if (own.isEmpty()) {
            throw new NotPermittedException();
        }
        return own;
    }
}
