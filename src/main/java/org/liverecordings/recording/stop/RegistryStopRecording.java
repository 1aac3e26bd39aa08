package org.liverecordings.recording.stop;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.RejectedException;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Earlier;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnitOfWork;

/**
 * Decides by registry and lines what may be stopped, and tells the recorder.
 *
 * <p>A stop takes effect at the moment at which the recording's entry leaves the registry. There is one such moment in a recording's
 * life, so that whatever crosses a stop of it happened before or after.
 */
public final class RegistryStopRecording implements StopRecordingUseCase {

    /** How long after its asker gave up a start may still reach the recorder: longer than a stalled host or network stalls. */
    public static final Duration START_MARGIN = Duration.ofMinutes(1);

    private final LiveRecordingRepository registry;
    private final LineCapabilities lines;
    private final CallRecorder recorder;
    private final StopProtocol protocol;
    private final UnitOfWork unitOfWork;
    private final AuditedRequests requests;
    private final Duration startMayTake;
    private final InstantSource clock;

    /**
     * @param requestMayTake how long a request may take at most
     */
    public RegistryStopRecording(
            LiveRecordingRepository registry,
            LineCapabilities lines,
            CallRecorder recorder,
            StopLeases leases,
            UnitOfWork unitOfWork,
            AuditedRequests requests,
            Duration requestMayTake,
            InstantSource clock) {
        this.registry = registry;
        this.lines = lines;
        this.recorder = recorder;
        this.protocol = new StopProtocol(leases);
        this.unitOfWork = unitOfWork;
        this.requests = requests;
        this.startMayTake = requestMayTake.plus(START_MARGIN);
        this.clock = clock;
    }

    @Override
    public List<RecordingId> stop(StopRequest request) {
        return requests.run(
                request.asked(), request::checkPermitted, audit -> protocol.stop(audit, new Entries(request, audit)));
    }

    private List<LiveRecording> named(StopRequest request) {
        return request.scope() == StopRequest.Scope.MINE ? findOwn(request.caller()) : named(request.target());
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

    /**
     * What the recorder stopped already is left out: no rule keeps its stop from being told.
     *
     * <p>All of them are checked for one rule before any is checked for the next, and before anything is stopped.
     */
    private void checkRules(List<LiveRecording> found) {
        List<Line> lineOfEach = new ArrayList<>(found.size());
        for (LiveRecording recording :
                found.stream().filter(LiveRecording::isLive).toList()) {
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

    /** The entries that one request names. */
    private final class Entries implements Targets {

        private final StopRequest request;
        private final Auditing audit;
        private final Map<RecordingTarget, LiveRecording> entries = new HashMap<>();
        private final Set<RecordingTarget> mayYetBegin = new HashSet<>();

        Entries(StopRequest request, Auditing audit) {
            this.request = request;
            this.audit = audit;
        }

        /** In one unit of work, which takes effect with a refusal too: that it was asked must be on the trail. */
        @Override
        public Found find() {
            Map<RecordingTarget, Earlier> taken = new HashMap<>();
            Set<RecordingTarget> targets = new HashSet<>();
            List<RuntimeException> refusal = new ArrayList<>();
            try {
                unitOfWork.run(() -> {
                    taken.clear();
                    targets.clear();
                    refusal.clear();
                    audit.asked();
                    try {
                        targets.addAll(find(named(request)));
                    } catch (RejectedException | NotPermittedException e) {
                        refusal.add(e);
                    }
                    if (!targets.isEmpty()) {
                        taken.putAll(protocol.take(audit, targets, null));
                    }
                });
            } catch (StoreUnavailableException e) {
                audit.notAsked();
                throw protocol.giveBack(audit, targets, e);
            }
            if (!refusal.isEmpty()) {
                throw refusal.get(0);
            }
            return new Found(targets, null, taken);
        }

        private List<RecordingTarget> find(List<LiveRecording> found) {
            checkRules(found);
            mayYetBegin.clear();
            entries.clear();
            List<RecordingTarget> targets = new ArrayList<>();
            for (LiveRecording recording : found) {
                RecordingTarget target = new RecordingTarget.ById(recording.id());
                targets.add(target);
                entries.put(target, recording);
                if (recording.status() == RecordingStatus.START_PENDING
                        && clock.instant().isBefore(recording.startedAt().plus(startMayTake))) {
                    mayYetBegin.add(target);
                }
            }
            return targets;
        }

        /** Whoever had the lease before has most likely removed the entry. Then the recorder needn't be asked. */
        @Override
        public CompletionStage<Void> ask(RecordingTarget target, boolean waited) {
            RecordingId id = ((RecordingTarget.ById) target).id();
            Optional<LiveRecording> entry = waited ? registry.find(id) : Optional.of(entries.get(target));
            return entry.map(recorder.within(audit.deadline())::stop)
                    .orElseGet(() -> CompletableFuture.failedStage(new NoLiveRecordingException()));
        }

        @Override
        public boolean mayYetBegin(RecordingTarget target) {
            return mayYetBegin.contains(target);
        }
    }
}
