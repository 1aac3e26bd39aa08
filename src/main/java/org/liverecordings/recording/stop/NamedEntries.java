package org.liverecordings.recording.stop;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.recording.store.LiveRecordingRepository;

/** The registry's entries that a stop names and that its caller may stop. */
final class NamedEntries {

    private final LiveRecordingRepository registry;
    private final PermittedLines permittedLines;

    NamedEntries(LiveRecordingRepository registry, PermittedLines permittedLines) {
        this.registry = registry;
        this.permittedLines = permittedLines;
    }

    /**
     * @throws StopRejectedException if the request makes no sense
     * @throws org.liverecordings.recording.NotPermittedException if it names nothing that is the caller's to stop
     */
    List<LiveRecording> of(StopRequest request) {
        if (request.scope() == StopRequest.Scope.MINE) {
            return findOwn(request.caller());
        }
        RecordingTarget target = request.target();
        return permittedLines.managedRecordings(request.caller(), target, named(target));
    }

    private List<LiveRecording> named(RecordingTarget target) {
        if (target instanceof RecordingTarget.ById byId) {
            return registry.find(byId.id()).stream().toList();
        }
        LineSelector selector = ((RecordingTarget.OnLine) target).selector();
        return registry.find(selector).stream()
                .filter(recording -> selector.deviceName() == null || !recording.isManualDialIn())
                .toList();
    }

    private List<LiveRecording> findOwn(Caller caller) {
        List<Line> own = permittedLines.own(caller);
        if (own.isEmpty()) {
            throw new StopRejectedException(StopRejection.INVALID_TARGET);
        }
        // By id, as all others find them: two stops that settle in one order can't wait for each other.
        Map<RecordingId, LiveRecording> found = new TreeMap<>();
        for (Line line : own) {
            registry.find(new LineSelector(null, line.directoryNumber())).stream()
                    .filter(recording -> recording.isOn(line))
                    .forEach(recording -> found.put(recording.id(), recording));
        }
        return List.copyOf(found.values());
    }
}
