package org.liverecordings.recording.stop;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.recording.store.UnitOfWork;

/** Forwards what was asked for to a suite that holds the recordings and applies the rules itself. */
public final class SuiteStopRecording implements StopRecordingUseCase {

    private final RecordingSuite suite;
    private final PendingStops pending;
    private final StopArbiter arbiter;
    private final UnitOfWork unitOfWork;
    private final AuditTrail trail;

    /**
     * @param patience how long the suite may take at most
     */
    public SuiteStopRecording(
            RecordingSuite suite, PendingStops pending, UnitOfWork unitOfWork, AuditTrail trail, Duration patience) {
        this.suite = suite;
        this.pending = pending;
        this.arbiter = new StopArbiter(pending, unitOfWork, patience);
        this.unitOfWork = unitOfWork;
        this.trail = trail;
    }

    @Override
    public List<RecordingId> stop(StopRequest request) {
        return Auditing.ofStop(trail, unitOfWork, pending, request.asked(), audit -> {
            request.checkPermitted();
            if (request.scope() == StopRequest.Scope.MINE) {
                return stopMine(request.caller(), audit);
            }
            RecordingTarget target = request.target();
            RecordingId id = target instanceof RecordingTarget.ById byId ? byId.id() : null;
            audit.toTell(arbiter.ask(target, () -> suite.stop(target)).settle(() -> true, () -> audit.confirmed(id)));
            audit.tookEffect(id);
            return id == null ? List.of() : List.of(id);
        });
    }

    /**
     * To the suite, "mine" would mean the user that we sign in as: the caller's own recordings are stopped one by one. To the
     * arbiter it is one stop all the same, so that a repeated one finds the mark of a lost reply.
     */
    private List<RecordingId> stopMine(Caller caller, Auditing audit) {
        List<RecordingId> stopped = new CopyOnWriteArrayList<>();
        RecordingTarget mine = new RecordingTarget.OfUser(Line.userKey(caller.name()));
        StopArbiter.Asked asked = arbiter.ask(mine, () -> ownOf(caller).thenCompose(own -> stopEach(own, stopped)));
        try {
            audit.toTell(asked.settle(
                    () -> true,
                    () -> note(stopped, audit),
                    () -> !stopped.isEmpty(),
                    () -> stopped.forEach(audit::confirmed)));
        } finally {
            stopped.forEach(audit::tookEffect);
        }
        return List.copyOf(stopped);
    }

    private static void note(List<RecordingId> stopped, Auditing audit) {
        if (stopped.isEmpty()) {
            audit.confirmed(null);
        } else {
            stopped.forEach(audit::confirmed);
        }
    }

    private CompletionStage<List<RecordingId>> ownOf(Caller caller) {
        return suite.list(ListFilter.ALL.ofUser(caller.name())).handle((listed, failure) -> {
            if (failure != null) {
                throw new CompletionException(nothingAsked(RecorderAnswers.cause(failure)));
            }
            return listed.stream()
                    .filter(recording -> recording.belongsTo(caller))
                    .map(ListedRecording::id)
                    .toList();
        });
    }

    /** A list that didn't come may have arrived, but a stop wasn't asked for. */
    private static Throwable nothingAsked(Throwable failure) {
        return failure instanceof RecorderUnavailableException e && e.mayHaveArrived()
                ? new RecorderUnavailableException(e.getMessage(), false, e)
                : failure;
    }

    private CompletionStage<Void> stopEach(List<RecordingId> own, List<RecordingId> stopped) {
        Map<RecordingId, CompletableFuture<Void>> asked = new LinkedHashMap<>();
        own.forEach(id -> asked.put(id, suite.stop(new RecordingTarget.ById(id)).toCompletableFuture()));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .handle((nothing, failure) -> {
                    StoppedRecordings outcome = new StoppedRecordings();
                    asked.forEach((id, answer) -> outcome.add(id, () -> awaitStopped(answer)));
                    stopped.addAll(outcome.stopped());
                    outcome.orThrow();
                    return null;
                });
    }

    /** Where the suite knows no such recording any more after a lost reply, it was this very stop that stopped it. */
    private static void awaitStopped(CompletionStage<Void> answer) {
        try {
            RecorderAnswers.await(answer);
        } catch (NoLiveRecordingException e) {
            if (!e.afterLostReply()) {
                throw e;
            }
        }
    }
}
