package org.liverecordings.recording.pause;

import java.util.List;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.timer.TimerRules;

/**
 * Finds in the registry what to pause or resume, and tells the recorder, which is the one to know whether it is paused already.
 *
 * <p>Whatever crosses a pause of the same recording happened before it or after it: the recorder does one thing after the other,
 * and answers a pause that comes after a stop with "no such live recording".
 */
public final class RegistryPauseRecording implements PauseRecordingUseCase {

    private final LiveRecordingRepository registry;
    private final PermittedLines permittedLines;
    private final CallRecorder recorder;
    private final TimerRules timerRules;
    private final AuditedRequests requests;

    /** None is null. */
    public RegistryPauseRecording(
            LiveRecordingRepository registry,
            LineCapabilities lines,
            CallRecorder recorder,
            TimerRules timerRules,
            AuditedRequests requests) {
        this.registry = registry;
        this.permittedLines = new PermittedLines(lines);
        this.recorder = recorder;
        this.timerRules = timerRules;
        this.requests = requests;
    }

    @Override
    public void pause(PauseRequest request) {
        requests.run(request.asked(), audit -> {
            RecordingTarget target = request.target();
            PauseTimers timers = new PauseTimers(timerRules, request, audit);
            List<RecordingId> ids = find(request.caller(), target).stream()
                    .map(LiveRecording::id)
                    .toList();
            CallRecorder inTime = recorder.within(audit.deadline());
            PauseEach.run(ids, request.resume() ? inTime::resume : inTime::pause, audit, timers);
            return null;
        });
    }

    private List<LiveRecording> find(Caller caller, RecordingTarget target) {
        List<LiveRecording> named = target instanceof RecordingTarget.ById byId
                ? registry.find(byId.id()).stream().toList()
                : registry.find(((RecordingTarget.OnLine) target).selector());
        List<LiveRecording> live = named.stream().filter(LiveRecording::isLive).toList();
        // Of an id that has just ended nobody can say any more whose it was, and nobody guesses one.
        List<LiveRecording> permitted = live.isEmpty() && target instanceof RecordingTarget.ById
                ? live
                : permittedLines.permittedRecordings(caller, target, live);
        if (permitted.isEmpty()) {
            throw new NoLiveRecordingException();
        }
        return permitted;
    }
}
