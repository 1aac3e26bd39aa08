package org.liverecordings.recording.stop;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.audit.StillUnderWayException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.store.Polling;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Earlier;
import org.liverecordings.recording.store.StopLeases.Unsettled;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnsafeCommitException;

/**
 * How a stop keeps its promise: it is never lost, and of those who ask for it exactly one is told that it was done.
 * <ol>
 *   <li>A client's key is taken before anything else ({@link Auditing}). What was answered under it is answered again.
 *   <li>What is asked goes on the trail. Then the targets are found. There are none: 409.
 *   <li>Each target has one lease, held by one request at a time. Those that are to be had are taken at once; the others are waited for
 *       until the deadline. A lease outlasts its request's deadline. One whose holder's time is over counts as one with an unknown outcome.
 *   <li>The recorder is asked for each target whose lease is held, and for nothing after the deadline.
 *   <li>The recorder confirms: the target is ours. It knows no such recording, but an earlier request or try may have stopped it: ours,
 *       inferred. It knows no such recording, and nothing is unknown: over. Anything else leaves the target open; so does "no such
 *       recording" while the start is pending.
 *   <li>If any target is open, nothing is claimed. Leases on what was or may be stopped say "unknown", so that a repetition is told of
 *       it; the others say what they said before. The answer is the failure.
 *   <li>Otherwise one transaction settles all of it, if every lease is still this request's. Its commit is the claim. An end is claimed
 *       once: where there is an entry by whoever removes it, else by whoever marks the lease. Anything claimed: 204, else 409.
 *   <li>If the commit wasn't answered, it is settled again for a moment. A lease that is gone, and an end that is on the trail, are this
 *       request's own, once a later commit shows that they are safe; without the end another request took the lease over, and nothing is
 *       claimed: 504. So it is if the database warned that the commit isn't safe: only a repetition with the same key is told.
 * </ol>
 * A request that dies on the way leaves leases whose time runs out (3), and entries that only a claim or the reconciler removes.
 *
 * <p>{@code src/model/lease_model.py} explores what crashes, lost replies and slow holders can do to this, and shows what goes wrong
 * without any one of its rules. Whoever changes the protocol changes the model as well.
 */
record StopProtocol(StopLeases leases) {

    /**
     * Stops the targets.
     *
     * @return the recordings that this request claimed
     * @throws RuntimeException as {@link StopRecordingUseCase#stop} says
     */
    List<RecordingId> stop(Auditing audit, Targets targets) {
        Targets.Found found = targets.find();
        Set<RecordingTarget> claimed = new Attempt(this, audit, targets, found, new AskedTargets(targets)).run();
        if (claimed.isEmpty()) {
            throw new NoLiveRecordingException();
        }
        return AskedTargets.ids(claimed);
    }

    /** Takes the leases that are to be had, within the deadline. */
    Map<RecordingTarget, Earlier> take(Auditing audit, Set<RecordingTarget> targets, RecordingTarget foundBy) {
        if (audit.deadline().isOver()) {
            throw new RecorderUnavailableException("no time is left to stop anything", false, null);
        }
        return leases.take(audit.holder(), targets, foundBy, AuditedRequests.lease(audit.deadline()));
    }

    /** Leases may have been taken although nobody said so. Returns the failure, with another one if they can't be given back now. */
    RuntimeException giveBack(Unsettled unsettled, RuntimeException failure) {
        try {
            leases.giveBack(unsettled);
        } catch (StoreUnavailableException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    RuntimeException giveBack(Auditing audit, Set<RecordingTarget> targets, RuntimeException failure) {
        return giveBack(Unsettled.nothingOf(audit.holder(), targets), failure);
    }

    /** From the leases to the claim. */
    private record Attempt(
            StopProtocol protocol, Auditing audit, Targets targets, Targets.Found found, AskedTargets asked) {

        /** Returns what was claimed. */
        Set<RecordingTarget> run() {
            asked.ask(found.taken());
            waitForOthers();
            asked.await();
            if (asked.failure() != null) {
                audit.confirmed(AskedTargets.ids(asked.stopped), () -> {});
                throw leaveOpen(asked.failure());
            }
            if (asked.held().isEmpty()) {
                return Set.of();
            }
            Set<RecordingTarget> claimed = settle();
            audit.settled(
                    claimed.isEmpty() ? Result.NOT_LIVE : Result.DONE,
                    AskedTargets.ids(claimed),
                    claimed.stream().anyMatch(asked.inferred::contains));
            return claimed;
        }

        private void waitForOthers() {
            Polling polling = new Polling(audit.deadline());
            Set<RecordingTarget> others = new HashSet<>(found.targets());
            others.removeAll(asked.held());
            if (others.isEmpty()) {
                return;
            }
            Duration before = audit.duration();
            try {
                while (!others.isEmpty()) {
                    polling.pause();
                    if (!polling.mayGoOn()) {
                        throw new StillUnderWayException("another stop of the same is under way", false);
                    }
                    others.removeIf(targets::isGone);
                    asked.ask(others.isEmpty() ? Map.of() : protocol.take(audit, others, found.foundBy()));
                    others.removeAll(asked.held());
                }
            } catch (StoreUnavailableException | RecorderUnavailableException e) {
                asked.failed(e);
            }
            audit.waited(audit.duration().minus(before));
        }

        private RuntimeException leaveOpen(RuntimeException failure) {
            audit.keepNoAnswer();
            return protocol.giveBack(asked.unsettled(audit, found.targets()), failure);
        }

        private Set<RecordingTarget> settle() {
            for (Polling again = null; ; again.pause()) {
                try {
                    return protocol.leases.settle(asked.settlement(audit)).orElseGet(this::written);
                } catch (UnsafeCommitException e) {
                    throw leaveOpen(e);
                } catch (StoreUnavailableException e) {
                    if (again == null) {
                        again = Polling.briefly();
                    } else if (!again.mayGoOn()) {
                        throw leaveOpen(e);
                    }
                }
            }
        }

        /** What was claimed, if a lease is gone with this request's own settlement. */
        private Set<RecordingTarget> written() {
            Result end = audit.writtenResult()
                    .orElseThrow(
                            () -> leaveOpen(new StillUnderWayException("another stop of the same took over", true)));
            proveSafe();
            return end == Result.DONE ? asked.ours() : Set.of();
        }

        /** What was read may not outlive a failover yet. A commit after it that the database doesn't warn of shows that it does. */
        private void proveSafe() {
            Set<RecordingTarget> own = Set.of(new RecordingTarget.ById(new RecordingId(audit.holder())));
            protocol.leases.take(audit.holder(), own, null, AuditedRequests.lease(audit.deadline()));
            protocol.leases.giveBack(Unsettled.nothingOf(audit.holder(), own));
        }
    }
}
