package org.liverecordings.recording;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
            settle(target, id, audit);
            return id == null ? List.of() : List.of(id);
        });
    }

    /** Here is no entry to forget: the suite has it. */
    private void settle(RecordingTarget target, RecordingId id, Auditing audit) {
        arbiter.ask(target, () -> suite.stop(target)).settle(() -> true, () -> {}, () -> audit.confirmed(id));
    }

    /** To the suite, "mine" would mean the user that we sign in as: the caller's own recordings are stopped one by one. */
    private List<RecordingId> stopMine(Caller caller, Auditing audit) {
        List<RecordingId> stopped = new ArrayList<>();
        RuntimeException failure = null;
        for (ListedRecording own : RecorderAnswers.await(suite.list(ListFilter.ALL.ofUser(caller.name())))) {
            if (own.belongsTo(caller)) {
                try {
                    settle(new RecordingTarget.ById(own.id()), own.id(), audit);
                    stopped.add(own.id());
                } catch (NoLiveRecordingException e) {
                    // It ended by itself, or another caller has stopped it: nothing is left to do for it.
                } catch (RuntimeException e) {
                    failure = RecorderAnswers.worse(failure, e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        if (stopped.isEmpty()) {
            throw new NoLiveRecordingException();
        }
        return List.copyOf(stopped);
    }
}
