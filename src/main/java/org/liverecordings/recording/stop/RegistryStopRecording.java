package org.liverecordings.recording.stop;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.UnitOfWork;

/**
 * Decides here, by registry and lines, what may be stopped, and tells the recorder.
 *
 * <p>Whatever crosses a stop of the same recording happened before it or after it: the one moment at which it takes effect is
 * that at which its entry leaves the registry, and there is only one such moment in a recording's life.
 */
public final class RegistryStopRecording implements StopRecordingUseCase {

    /** How long after its asker gave up a start may still reach the recorder: longer than a stalled host or network stalls. */
    public static final Duration START_MARGIN = Duration.ofMinutes(1);

    private final LiveRecordingRepository registry;
    private final LineCapabilities lines;
    private final CallRecorder recorder;
    private final PendingStops pending;
    private final UnitOfWork unitOfWork;
    private final StopArbiter arbiter;
    private final AuditTrail trail;
    private final Duration startPatience;
    private final InstantSource clock;

    /**
     * @param patience how long the recorder may take at most
     */
    public RegistryStopRecording(
            LiveRecordingRepository registry,
            LineCapabilities lines,
            CallRecorder recorder,
            PendingStops pending,
            UnitOfWork unitOfWork,
            AuditTrail trail,
            Duration patience,
            InstantSource clock) {
        this.registry = registry;
        this.lines = lines;
        this.recorder = recorder;
        this.pending = pending;
        this.unitOfWork = unitOfWork;
        this.arbiter = new StopArbiter(pending, unitOfWork, patience);
        this.trail = trail;
        this.startPatience = patience.plus(START_MARGIN);
        this.clock = clock;
    }

    @Override
    public List<RecordingId> stop(StopRequest request) {
        return Auditing.ofStop(trail, unitOfWork, pending, request.asked(), audit -> {
            request.checkPermitted();
            List<LiveRecording> found =
                    request.scope() == StopRequest.Scope.MINE ? findOwn(request.caller()) : find(request.target());
            checkRules(found);
            return stopEach(found, untold(request, found), audit);
        });
    }

    private List<LiveRecording> find(RecordingTarget target) {
        if (target instanceof RecordingTarget.ById byId) {
            return registry.find(byId.id()).stream().toList();
        }
        LineSelector selector = ((RecordingTarget.OnLine) target).selector();
        return registry.find(selector).stream()
                .filter(recording -> selector.deviceName() == null || !recording.isManualDialIn())
                .toList();
    }

    private List<LiveRecording> findOwn(Caller caller) {
        List<Line> own = lines.ofUser(caller.name());
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
        for (Line line : lines.find(new LineSelector(null, recording.directoryNumber()))) {
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
    private List<RecordingId> stopEach(List<LiveRecording> found, Set<RecordingId> untold, Auditing audit) {
        StoppedRecordings stopped = new StoppedRecordings();
        Map<LiveRecording, StopArbiter.Asked> asked = new LinkedHashMap<>();
        for (LiveRecording recording : found) {
            RecordingId id = recording.id();
            try {
                asked.put(recording, arbiter.ask(new RecordingTarget.ById(id), () -> stopIfStillThere(recording)));
            } catch (RuntimeException e) {
                stopped.failed(e);
            }
        }
        asked.forEach((recording, answer) -> {
            RecordingId id = recording.id();
            stopped.add(id, () -> {
                audit.toTell(answer.settle(() -> registry.remove(id), () -> audit.confirmed(id)));
                audit.tookEffect(id);
            });
        });
        for (RecordingId id : untold) {
            stopped.add(id, () -> {
                audit.toTell(arbiter.claimUntold(new RecordingTarget.ById(id), () -> audit.confirmed(id)));
                audit.tookEffect(id);
            });
        }
        return stopped.orThrow();
    }

    /** What was stopped isn't in the registry any more, but whoever stopped it may have died before its caller was told. */
    private Set<RecordingId> untold(StopRequest request, List<LiveRecording> found) {
        Set<RecordingId> untold = new TreeSet<>();
        if (request.scope() == StopRequest.Scope.MINE) {
            lines.ofUser(request.caller().name()).forEach(line -> untold.addAll(pending.untold(line)));
        } else if (request.scope() == StopRequest.Scope.LINE || found.isEmpty()) {
            untold.addAll(pending.untold(request.target()));
        }
        if (!found.isEmpty()) {
            // There is enough to do: what may yet be told is left to whoever is about to.
            untold.removeIf(id -> pending.inFlight(new RecordingTarget.ById(id)).any());
        }
        return untold;
    }

    /**
     * A call that claimed the recording's end before this attempt was noted doesn't know of it: were the recorder asked
     * nonetheless and its first reply lost, this call would claim the same end again.
     */
    private CompletionStage<Void> stopIfStillThere(LiveRecording recording) {
        if (registry.find(recording.id()).isEmpty()) {
            return CompletableFuture.failedStage(new NoLiveRecordingException());
        }
        CompletionStage<Void> answer = recorder.stop(recording.id());
        return mayYetBegin(recording) ? answer.exceptionallyCompose(this::unknownYet) : answer;
    }

    /** Its start may still be on its way to the recorder: that the recorder knows no such recording proves nothing then. */
    private boolean mayYetBegin(LiveRecording recording) {
        return recording.status() == RecordingStatus.START_PENDING
                && clock.instant().isBefore(recording.startedAt().plus(startPatience));
    }

    private CompletionStage<Void> unknownYet(Throwable failure) {
        Throwable cause = RecorderAnswers.cause(failure);
        return CompletableFuture.failedStage(
                cause instanceof NoLiveRecordingException none
                        ? new RecorderUnavailableException("its start is pending", none.afterLostReply(), null)
                        : cause);
    }
}
