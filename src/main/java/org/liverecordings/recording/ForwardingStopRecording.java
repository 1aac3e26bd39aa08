package org.liverecordings.recording;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forwards what was asked for to a suite that holds the recordings and applies the rules itself. */
public final class ForwardingStopRecording implements StopRecordingUseCase {

    private final RecordingSuite suite;
    private final StopArbiter arbiter;
    private final AuditTrail trail;

    /**
     * @param patience how long the suite may take at most
     */
    public ForwardingStopRecording(
            RecordingSuite suite, PendingStops pending, UnitOfWork unitOfWork, AuditTrail trail, Duration patience) {
        this.suite = suite;
        this.arbiter = new StopArbiter(pending, unitOfWork, patience);
        this.trail = trail;
    }

    @Override
    public List<RecordingId> stop(StopRequest request) {
        return Auditing.of(trail, request.asked(), audit -> {
            if (request.scope() == StopRequest.Scope.MINE) {
                return stopMine(request.caller(), audit);
            }
            RecordingTarget target = request.target();
            RecordingId id = target instanceof RecordingTarget.ById byId ? byId.id() : null;
            settle(ask(target), id, audit);
            return id == null ? List.of() : List.of(id);
        });
    }

    private StopArbiter.Asked ask(RecordingTarget target) {
        return arbiter.ask(target, () -> suite.stop(target));
    }

    /** Here is no entry to forget: the suite has it. */
    private static void settle(StopArbiter.Asked answer, RecordingId id, Auditing audit) {
        answer.settle(() -> true, () -> {}, () -> audit.confirmed(id));
    }

    /** To the suite, "mine" would mean the user that we sign in as: the caller's own recordings are stopped one by one. */
    private List<RecordingId> stopMine(Caller caller, Auditing audit) {
        StoppedRecordings stopped = new StoppedRecordings();
        Map<RecordingId, StopArbiter.Asked> asked = new LinkedHashMap<>();
        for (ListedRecording own : RecorderAnswers.await(suite.list(ListFilter.ALL.ofUser(caller.name())))) {
            if (own.belongsTo(caller)) {
                try {
                    asked.put(own.id(), ask(new RecordingTarget.ById(own.id())));
                } catch (RuntimeException e) {
                    stopped.failed(e);
                }
            }
        }
        asked.forEach((id, answer) -> stopped.add(id, () -> settle(answer, id, audit)));
        return stopped.orThrow();
    }
}
