package org.liverecordings.recording.stop;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.RejectedException;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.store.Settlement;
import org.liverecordings.recording.store.StopLeases.Earlier;
import org.liverecordings.recording.store.StopLeases.Unsettled;
import org.liverecordings.recording.store.StoreUnavailableException;

/** The targets whose lease a stop holds, and what the recorder said about each: steps 4 and 5 of {@link StopProtocol}. */
final class AskedTargets {

    private final Targets targets;
    private final Map<RecordingTarget, Earlier> held = new LinkedHashMap<>();
    private final Map<RecordingTarget, CompletionStage<Void>> answers = new LinkedHashMap<>();

    /** What the recorder confirmed. */
    final Set<RecordingTarget> stopped = new LinkedHashSet<>();

    /** What it knows nothing of, after a stop with an unknown outcome. */
    final Set<RecordingTarget> inferred = new LinkedHashSet<>();

    /** What it knows nothing of, and nobody stopped. */
    final Set<RecordingTarget> over = new LinkedHashSet<>();

    /** What it may have stopped, or may yet stop. */
    final Set<RecordingTarget> unknown = new LinkedHashSet<>();

    private RuntimeException failure;

    AskedTargets(Targets targets) {
        this.targets = targets;
    }

    /** Asks the recorder for all at once, so that one that is slow doesn't keep the others from being stopped. */
    void ask(Map<RecordingTarget, Earlier> taken) {
        held.putAll(taken);
        taken.forEach((target, earlier) -> {
            try {
                answers.put(target, earlier.claimed() ? claimed() : targets.ask(target));
            } catch (RuntimeException e) {
                failed(target, e, false);
            }
        });
    }

    /** Whose end was claimed is over: ids aren't used twice. */
    private static CompletionStage<Void> claimed() {
        return CompletableFuture.failedStage(new NoLiveRecordingException());
    }

    /** Waits for the recorder's answers, which come within the deadline. */
    void await() {
        answers.forEach(this::take);
    }

    private void take(RecordingTarget target, CompletionStage<Void> answer) {
        try {
            RecorderAnswers.await(answer);
            stopped.add(target);
        } catch (NoLiveRecordingException e) {
            boolean tried = e.afterLostReply();
            if (targets.mayYetBegin(target)) {
                failed(target, new RecorderUnavailableException("its start is pending", tried, null), tried);
            } else {
                (tried || held.get(target).unknown() ? inferred : over).add(target);
            }
        } catch (RecorderException e) {
            failed(target, e, e.mayHaveArrived());
        } catch (RejectedException | StoreUnavailableException e) {
            failed(target, e, false);
        } catch (RuntimeException e) {
            failed(target, new RecorderFailedException("unexpected: " + e, true, e), true);
        }
    }

    private void failed(RecordingTarget target, RuntimeException e, boolean mayBeStopped) {
        failed(e);
        if (mayBeStopped) {
            unknown.add(target);
        }
    }

    /** Takes a failure that concerns no target whose lease is held. */
    void failed(RuntimeException e) {
        failure = RecorderAnswers.worse(failure, e);
    }

    /** Why a target is left open; null if none is. */
    RuntimeException failure() {
        return failure;
    }

    /** The targets whose lease is held. */
    Set<RecordingTarget> held() {
        return held.keySet();
    }

    /** What may be claimed. */
    Set<RecordingTarget> ours() {
        return union(stopped, inferred);
    }

    /** How the stop ends if no target is left open. */
    Settlement settlement(Auditing audit) {
        return new Settlement(
                audit.holder(),
                ours(),
                inferred,
                over,
                audit.asked().id(),
                audit.duration(),
                Settlement.Answers.of(audit.key(), new NoLiveRecordingException()),
                audit.cause());
    }

    /**
     * How the stop ends if one is left open.
     *
     * @param targets all whose leases may be held
     */
    Unsettled unsettled(Auditing audit, Set<RecordingTarget> targets) {
        Set<RecordingTarget> perhapsStopped = union(unknown, inferred);
        Set<RecordingTarget> others = new LinkedHashSet<>(targets);
        others.removeAll(stopped);
        others.removeAll(perhapsStopped);
        return new Unsettled(audit.holder(), stopped, perhapsStopped, others, audit.cause());
    }

    /** The ids of the recordings among the targets. */
    static List<RecordingId> ids(Set<RecordingTarget> targets) {
        return targets.stream()
                .filter(RecordingTarget.ById.class::isInstance)
                .map(target -> ((RecordingTarget.ById) target).id())
                .sorted()
                .toList();
    }

    private static Set<RecordingTarget> union(Set<RecordingTarget> some, Set<RecordingTarget> more) {
        Set<RecordingTarget> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }
}
