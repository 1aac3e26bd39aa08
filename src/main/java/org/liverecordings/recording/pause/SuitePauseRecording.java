package org.liverecordings.recording.pause;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.recording.permission.PermittedListing;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.NoUsableListException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.recording.timer.TimerUnusableException;

/**
 * Forwards a pause or a resume to a suite that holds the recordings. The suite sees the user that we sign in as, hence whose
 * recordings they are is decided here, by what the suite lists. So is which of them a timer is about, which is set for a recording and
 * not for a line.
 */
public final class SuitePauseRecording implements PauseRecordingUseCase {

    private final RecordingSuite suite;
    private final PermittedLines permittedLines;
    private final PermittedListing permittedListing;
    private final TimerRules timerRules;
    private final AuditedRequests requests;

    /** None is null. */
    public SuitePauseRecording(
            RecordingSuite suite, LineCapabilities lines, TimerRules timerRules, AuditedRequests requests) {
        this.suite = suite;
        this.timerRules = timerRules;
        this.permittedLines = new PermittedLines(lines);
        this.permittedListing = new PermittedListing(lines);
        this.requests = requests;
    }

    @Override
    public void pause(PauseRequest request) {
        requests.run(request.asked(), audit -> {
            RecordingTarget target = request.target();
            PauseTimers timers = new PauseTimers(timerRules, request, audit);
            RecordingSuite inTime = suite.within(audit.deadline());
            Function<RecordingTarget, CompletionStage<Void>> ask = request.resume() ? inTime::resume : inTime::pause;
            Optional<List<RecordingId>> ids = ids(inTime, request.caller(), target, timers);
            if (ids.isPresent()) {
                PauseEach.run(ids.get(), id -> ask.apply(new RecordingTarget.ById(id)), audit, timers);
            } else {
                RecorderAnswers.await(ask.apply(target));
                audit.done(List.of(), null, () -> {});
            }
            return null;
        });
    }

    /** Empty if the suite is to find out by itself what is on a line, since nobody needs to know. */
    private Optional<List<RecordingId>> ids(
            RecordingSuite inTime, Caller caller, RecordingTarget target, PauseTimers timers) {
        boolean everyones = caller.hasCompleteManagement();
        boolean byId = target instanceof RecordingTarget.ById;
        if (everyones && byId) {
            return Optional.of(List.of(((RecordingTarget.ById) target).id()));
        }
        if (everyones && !timers.isConcerned()) {
            return Optional.empty();
        }
        try {
            return Optional.of(findPermitted(inTime, caller, target));
        } catch (NoUsableListException e) {
            if (timers.isAsked() && !byId) {
                throw new TimerUnusableException(TimerRules.RESUME_AFTER
                        + " isn't possible by directory number here: there is no list to find the recordings in");
            }
            if (!everyones) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private List<RecordingId> findPermitted(RecordingSuite inTime, Caller caller, RecordingTarget target) {
        ListFilter filter = target instanceof RecordingTarget.OnLine line
                ? ListFilter.onNumber(line.selector().directoryNumber())
                : ListFilter.ALL;
        List<ListedRecording> live = RecorderAnswers.await(inTime.list(filter)).stream()
                .filter(recording -> !(target instanceof RecordingTarget.ById byId)
                        || recording.id().equals(byId.id()))
                .toList();
        List<RecordingId> permitted = permittedListing.permitted(caller, filter, live).stream()
                .map(ListedRecording::id)
                .toList();
        if (!permitted.isEmpty()) {
            return permitted;
        }
        // Whether others are recorded on a number isn't told. Of an id that has just ended nobody can say any more
        // whose it was.
        boolean mayKnow = target instanceof RecordingTarget.OnLine line
                ? permittedLines.permit(caller, line.selector())
                : live.isEmpty();
        throw mayKnow ? new NoLiveRecordingException() : new NotPermittedException();
    }
}
