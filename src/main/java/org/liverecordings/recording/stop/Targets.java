package org.liverecordings.recording.stop;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.StopLeases;

/** What one stop names, where the recordings are kept. */
interface Targets {

    /**
     * Begins the entry on the trail, finds what is to be stopped, checks the rules, and takes the leases that are to be had.
     *
     * @throws RuntimeException as {@link StopRecordingUseCase#stop} says, without any lease
     */
    Found find();

    /** Asks the recorder to stop a target. Returns at once. */
    CompletionStage<Void> ask(RecordingTarget target);

    /**
     * Whether a target for which another request had the lease is gone by now, so that there is nothing to stop nor to claim. Looks it up
     * again: if it is there, {@link #ask} asks for it as it is now.
     */
    default boolean isGone(RecordingTarget target) {
        return false;
    }

    /** Whether its start may still be on its way to the recorder. As it was when it was found. */
    default boolean mayYetBegin(RecordingTarget target) {
        return false;
    }

    /**
     * What was found.
     *
     * @param targets all of them
     * @param foundBy as {@link StopLeases#take} says
     * @param taken those whose lease was taken, and what it said before
     */
    record Found(
            Set<RecordingTarget> targets, RecordingTarget foundBy, Map<RecordingTarget, StopLeases.Earlier> taken) {

        /** Both together, found as this was. */
        Found and(Found more) {
            Set<RecordingTarget> all = new HashSet<>(targets);
            all.addAll(more.targets);
            Map<RecordingTarget, StopLeases.Earlier> allTaken = new HashMap<>(taken);
            allTaken.putAll(more.taken);
            return new Found(all, foundBy, allTaken);
        }
    }
}
