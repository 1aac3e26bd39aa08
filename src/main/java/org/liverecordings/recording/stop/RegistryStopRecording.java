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
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.RejectedException;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;
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
    private final NamedEntries named;
    private final StopHolds holds;
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
            StopHolds holds,
            UnitOfWork unitOfWork,
            AuditedRequests requests,
            Duration requestMayTake,
            InstantSource clock) {
        this.registry = registry;
        this.named = new NamedEntries(registry, new PermittedLines(lines));
        this.holds = holds;
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
        return requests.run(request.asked(), request::checkPermitted, audit -> {
            Entries entries = new Entries(request, audit);
            try {
                return protocol.stop(audit, entries);
            } catch (NoLiveRecordingException | RejectedException e) {
                throw entries.holds.takeBack(e);
            }
        });
    }

    /** The entries that one request names. */
    private final class Entries implements Targets {

        private final StopRequest request;
        private final Auditing audit;
        private final StopHolds.OfStop holds;
        private final Map<RecordingTarget, LiveRecording> entries = new HashMap<>();
        private final Set<RecordingTarget> mayYetBegin = new HashSet<>();

        Entries(StopRequest request, Auditing audit) {
            this.request = request;
            this.audit = audit;
            this.holds = RegistryStopRecording.this.holds.of(request, audit);
        }

        /** A start that crosses a hold of this stop sees the hold, or is seen by the second look. */
        @Override
        public Found find() {
            Found found = look(Set.of());
            if (found.targets().isEmpty() || !holds.isWanted() || request.scope() == StopRequest.Scope.ID) {
                return found;
            }
            return found.and(look(found.targets()));
        }

        /**
         * In one unit of work, which takes effect with a refusal too: that it was asked must be on the trail.
         *
         * @param seen what was found at an earlier look
         */
        private Found look(Set<RecordingTarget> seen) {
            Map<RecordingTarget, Earlier> taken = new HashMap<>();
            Set<RecordingTarget> targets = new HashSet<>();
            List<RuntimeException> refusal = new ArrayList<>();
            try {
                unitOfWork.run(() -> {
                    taken.clear();
                    targets.clear();
                    refusal.clear();
                    if (seen.isEmpty()) {
                        // An entry that a run before this one began had no effect.
                        audit.notAsked();
                        audit.asked();
                    }
                    try {
                        targets.addAll(find(named.of(request)));
                        targets.removeAll(seen);
                    } catch (RejectedException | NotPermittedException e) {
                        refusal.add(e);
                    }
                    if (!targets.isEmpty()) {
                        taken.putAll(protocol.take(audit, targets, null));
                        holds.put(targets.stream()
                                .map(entries::get)
                                .map(LineSelector::of)
                                .toList());
                    }
                });
            } catch (RuntimeException e) {
                if (seen.isEmpty()) {
                    // Whatever it was, the entry on the trail went with the unit of work.
                    audit.notAsked();
                }
                targets.addAll(seen);
                throw protocol.giveBack(audit, targets, e);
            }
            if (!refusal.isEmpty()) {
                throw seen.isEmpty() ? refusal.get(0) : protocol.giveBack(audit, seen, refusal.get(0));
            }
            return new Found(targets, null, taken);
        }

        private List<RecordingTarget> find(List<LiveRecording> found) {
            rules.check(found);
            List<RecordingTarget> targets = new ArrayList<>();
            for (LiveRecording recording : found) {
                RecordingTarget target = new RecordingTarget.ById(recording.id());
                targets.add(target);
                entries.put(target, recording);
                mayYetBegin.remove(target);
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
