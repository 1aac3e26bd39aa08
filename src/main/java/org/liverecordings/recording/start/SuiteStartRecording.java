package org.liverecordings.recording.start;

import java.util.List;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.PermittedLines;

/**
 * Forwards a start to a suite that holds the recordings and applies the rules itself. The suite sees the user that we sign in as,
 * hence who may start what is decided here, by the inventory.
 */
public final class SuiteStartRecording implements StartRecordingUseCase {

    private final RecordingSuite suite;
    private final PermittedLines permittedLines;
    private final AuditedRequests requests;

    /** None is null. */
    public SuiteStartRecording(RecordingSuite suite, LineCapabilities lines, AuditedRequests requests) {
        this.suite = suite;
        this.permittedLines = new PermittedLines(lines);
        this.requests = requests;
    }

    @Override
    public RecordingId start(StartRequest request) {
        return requests.run(request.asked(), audit -> {
            LineSelector selector = request.selector();
            RecordingMode mode = request.recordingMode();
            LineSelector line = selector == null ? own(request.caller()) : permitted(request.caller(), selector);
            // An unknown outcome needs no entry of ours: the suite lists what it records, and stops it by that id.
            RecordingId id =
                    RecorderAnswers.await(suite.within(audit.deadline()).start(line, mode));
            audit.done(List.of(id), id, () -> {});
            return id;
        });
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
