package org.liverecordings.recording.start;

import java.util.ArrayList;
import java.util.List;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LineHeldException;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.timer.TimerRules;

/**
 * Forwards a start to a suite that holds the recordings and applies the rules itself. The suite sees the user that we sign in as,
 * hence who may start what is decided here, by the inventory.
 */
public final class SuiteStartRecording implements StartRecordingUseCase {

    private final RecordingSuite suite;
    private final LineCapabilities lines;
    private final Holds holds;
    private final PermittedLines permittedLines;
    private final TimerRules timerRules;
    private final AuditedRequests requests;

    /** None is null. */
    public SuiteStartRecording(
            RecordingSuite suite,
            LineCapabilities lines,
            Holds holds,
            TimerRules timerRules,
            AuditedRequests requests) {
        this.suite = suite;
        this.lines = lines;
        this.holds = holds;
        this.permittedLines = new PermittedLines(lines);
        this.timerRules = timerRules;
        this.requests = requests;
    }

    @Override
    public RecordingId start(StartRequest request) {
        return requests.run(request.asked(), audit -> {
            LineSelector selector = request.selector();
            RecordingMode mode = request.recordingMode();
            LineSelector line = selector == null ? own(request.caller()) : permitted(request.caller(), selector);
            StartTimer timer = new StartTimer(timerRules, request, audit);
            refuseOnHold(line);
            // An unknown outcome needs no entry of ours: the suite lists what it records, and stops it by that id.
            RecordingId id =
                    RecorderAnswers.await(suite.within(audit.deadline()).start(line, mode));
            try {
                refuseOnHold(line);
            } catch (LineHeldException | StoreUnavailableException e) {
                // A hold was put meanwhile, or may have been: it ends as if the stop had been first.
                throw stopped(audit, id, timer, e);
            }
            // Nobody knows the id before.
            audit.done(List.of(id), id, () -> timer.set(id));
            return id;
        });
    }

    private void refuseOnHold(LineSelector line) {
        List<LineSelector> meant = new ArrayList<>(List.of(line));
        lines.find(line).stream().map(LineSelector::of).forEach(meant::add);
        holds.covering(meant).ifPresent(hold -> {
            throw new LineHeldException(hold);
        });
    }

    /** If it can't be stopped at once, a timer stops it as soon as it can be. */
    private RuntimeException stopped(Auditing audit, RecordingId id, StartTimer timer, RuntimeException refusal) {
        try {
            RecorderAnswers.await(suite.within(audit.deadline()).stop(new RecordingTarget.ById(id)));
            return refusal;
        } catch (NoLiveRecordingException e) {
            // It has ended by itself.
            return refusal;
        } catch (RuntimeException e) {
            audit.confirmed(List.of(id), () -> timer.stopSoon(id));
            return e;
        }
    }

    private LineSelector own(Caller caller) {
        return permittedLines.own(caller).stream()
                .findFirst()
                .map(LineSelector::of)
                .orElseThrow(() -> new StartRejectedException(StartRejection.NO_OWN_LINE));
    }

    private LineSelector permitted(Caller caller, LineSelector selector) {
        if (caller.hasCompleteManagement()) {
            return selector;
        }
        List<Line> permitted = permittedLines.permitted(caller, selector);
        if (permitted.isEmpty()) {
            throw new NotPermittedException();
        }
        return permittedLines.managesAll(caller, selector) ? selector : LineSelector.of(permitted.get(0));
    }
}
