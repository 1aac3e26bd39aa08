package org.liverecordings.recording;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decides here, by registry and lines, what may be stopped, and tells the recorder. */
public final class DecidingStopRecording implements StopRecordingUseCase {

    private final LiveRecordingRepository registry;
    private final LineCapabilities lines;
    private final CallRecorder recorder;
    private final StopArbiter arbiter;

    /**
     * @param patience how long the recorder may take at most
     */
    public DecidingStopRecording(
            LiveRecordingRepository registry,
            LineCapabilities lines,
            CallRecorder recorder,
            PendingStops pending,
            Duration patience) {
        this.registry = registry;
        this.lines = lines;
        this.recorder = recorder;
        this.arbiter = new StopArbiter(pending, patience);
    }

    @Override
    public List<RecordingId> stop(StopRequest request) {
        List<LiveRecording> found = find(request.target());
        if (found.isEmpty()) {
            throw new NoLiveRecordingException();
        }
        checkRules(found);
        return stopEach(found);
    }

    private List<LiveRecording> find(StopTarget target) {
        if (target instanceof StopTarget.ById byId) {
            return registry.find(byId.id()).stream().toList();
        }
        LineSelector selector = ((StopTarget.OnLine) target).selector();
        return registry.find(selector).stream()
                .filter(recording -> selector.deviceName() == null || !recording.isManualDialIn())
                .toList();
    }

    /** All of them are checked for one rule before any is checked for the next, and before anything is stopped. */
    private void checkRules(List<LiveRecording> found) {
        List<Line> lineOfEach = new ArrayList<>(found.size());
        for (LiveRecording recording : found) {
            Optional<Line> line = lineOf(recording);
            if (line.isEmpty() || !line.get().tapiMonitorable()) {
                DeviceName device = recording.deviceName() != null
                        ? recording.deviceName()
                        : line.map(Line::deviceName).orElse(null);
                throw new StopRejectedException(StopRejection.NOT_MONITORABLE, device);
            }
            lineOfEach.add(line.get());
        }
        if (lineOfEach.stream().anyMatch(Line::automaticRecording)) {
            throw new StopRejectedException(StopRejection.AUTOMATIC_RECORDING);
        }
    }

    /**
     * A dial-in without a device is on one of the number's appearances, and nobody knows which: the one that allows most
     * decides, since a rule that may not apply must not keep a recording running.
     */
    private Optional<Line> lineOf(LiveRecording recording) {
        if (recording.deviceName() != null) {
            return lines.find(recording.deviceName(), recording.directoryNumber());
        }
        Line best = null;
        for (Line line : lines.find(recording.directoryNumber())) {
            if (best == null || permissiveness(line) > permissiveness(best)) {
                best = line;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int permissiveness(Line line) {
        return (line.tapiMonitorable() ? 2 : 0) + (line.automaticRecording() ? 0 : 1);
    }

    /** The recorder is asked for all at once, so that one that is slow doesn't keep the others from being stopped. */
    private List<RecordingId> stopEach(List<LiveRecording> found) {
        Map<RecordingId, StopArbiter.Asked> asked = new LinkedHashMap<>();
        RuntimeException failure = null;
        for (LiveRecording recording : found) {
            RecordingId id = recording.id();
            try {
                asked.put(id, arbiter.ask(new StopTarget.ById(id), () -> stopIfStillThere(id)));
            } catch (RuntimeException e) {
                failure = worse(failure, e);
            }
        }
        List<RecordingId> stopped = new ArrayList<>(found.size());
        for (Map.Entry<RecordingId, StopArbiter.Asked> each : asked.entrySet()) {
            try {
                each.getValue().settle(() -> registry.remove(each.getKey()));
                stopped.add(each.getKey());
            } catch (NoLiveRecordingException e) {
                // It ended by itself, or another caller has stopped it: nothing is left to do for it.
            } catch (RuntimeException e) {
                failure = worse(failure, e);
            }
        }
        if (failure != null) {
            throw failure instanceof RecorderException e ? e.afterStopping(stopped) : failure;
        }
        if (stopped.isEmpty()) {
            throw new NoLiveRecordingException();
        }
        return List.copyOf(stopped);
    }

    /**
     * A call that claimed the recording's end before this attempt was noted doesn't know of it: were the recorder asked
     * nonetheless and its first reply lost, this call would claim the same end again.
     */
    private CompletionStage<Void> stopIfStillThere(RecordingId id) {
        return registry.find(id).isPresent()
                ? recorder.stop(id)
                : CompletableFuture.failedStage(new NoLiveRecordingException());
    }

    /** What asking again can't mend outweighs what it can. What is unknown of one is unknown of all. */
    private static RuntimeException worse(RuntimeException one, RuntimeException other) {
        if (one == null) {
            return other;
        }
        boolean otherIsWorse =
                one instanceof RecorderUnavailableException && !(other instanceof RecorderUnavailableException);
        RuntimeException worse = otherIsWorse ? other : one;
        RuntimeException lesser = otherIsWorse ? one : other;
        return worse instanceof RecorderException e
                ? e.orEarlier(lesser instanceof RecorderException l && l.mayHaveArrived())
                : worse;
    }
}
