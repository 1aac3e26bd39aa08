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
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.Caller;
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
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.PermittedLines;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Earlier;
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
    private final PermittedLines permittedLines;
    private final CallRecorder recorder;
    private final StopRules rules;
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
        this.permittedLines = new PermittedLines(lines);
        this.recorder = recorder;
        this.rules = new StopRules(lines);
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
        if (request.scope() == StopRequest.Scope.MINE) {
            return findOwn(request.caller());
        }
        RecordingTarget target = request.target();
        return permittedLines.managed(request.caller(), target, named(target));
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
                    // An entry that a run before this one began had no effect.
                    audit.notAsked();
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
            } catch (RuntimeException e) {
                // Whatever it was, the entry on the trail went with the unit of work.
                audit.notAsked();
                throw protocol.giveBack(audit, targets, e);
            }
            if (!refusal.isEmpty()) {
                throw refusal.get(0);
            }
            return new Found(targets, null, taken);
        }

        private List<RecordingTarget> find(List<LiveRecording> found) {
            rules.check(found);
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

        @Override
        public CompletionStage<Void> ask(RecordingTarget target) {
            return recorder.within(audit.deadline()).stop(entries.get(target));
        }

        @Override
        public boolean isGone(RecordingTarget target) {
            Optional<LiveRecording> entry = registry.find(((RecordingTarget.ById) target).id());
            entry.ifPresent(found -> entries.put(target, found));
            return entry.isEmpty();
        }

        @Override
        public boolean mayYetBegin(RecordingTarget target) {
            return mayYetBegin.contains(target);
        }
    }
}
