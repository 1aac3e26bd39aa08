package org.liverecordings.recording.stop;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.stop.Targets.Found;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Earlier;
import org.liverecordings.recording.store.StoreUnavailableException;

/** Takes the leases on what one stop names at a suite, and puts its holds. */
final class LeasedTargets {

    private final StopProtocol protocol;
    private final StopLeases leases;
    private final Auditing audit;
    private final StopHolds.OfStop holds;
    private boolean isOne;

    LeasedTargets(StopProtocol protocol, StopLeases leases, Auditing audit, StopHolds.OfStop holds) {
        this.protocol = protocol;
        this.leases = leases;
        this.audit = audit;
        this.holds = holds;
    }

    /** Whether it is but one target. */
    boolean isOne() {
        return isOne;
    }

    /**
     * @param foundBy as {@link StopLeases#take} says
     * @param held the lines for a hold; empty if nobody knows them
     */
    Found of(Set<RecordingTarget> targets, RecordingTarget foundBy, List<LineSelector> held) {
        isOne = targets.size() == 1;
        if (targets.isEmpty()) {
            return new Found(targets, foundBy, Map.of());
        }
        try {
            Map<RecordingTarget, Earlier> taken = protocol.take(audit, targets, foundBy);
            holds.put(held);
            return new Found(targets, foundBy, taken);
        } catch (StoreUnavailableException e) {
            throw protocol.giveBack(audit, targets, e);
        }
    }

    /**
     * What is listed, and what earlier requests found there and may have stopped.
     *
     * @param again lists it once more, or nothing. A start that got in between list and hold isn't refused by the hold
     */
    Found listed(
            RecordingTarget lineOrUser,
            List<ListedRecording> listed,
            List<LineSelector> held,
            Supplier<List<ListedRecording>> again) {
        Set<RecordingTarget> targets = new HashSet<>(leases.foundBy(lineOrUser));
        targets.addAll(ids(listed));
        Found found = of(targets, lineOrUser, held);
        return holds.isWanted() && !targets.isEmpty() ? withMore(found, ids(again.get())) : found;
    }

    private Found withMore(Found found, Set<RecordingTarget> listed) {
        Set<RecordingTarget> more = new HashSet<>(listed);
        more.removeAll(found.targets());
        if (more.isEmpty()) {
            return found;
        }
        isOne = false;
        try {
            return found.and(new Found(more, found.foundBy(), protocol.take(audit, more, found.foundBy())));
        } catch (StoreUnavailableException | RecorderUnavailableException e) {
            more.addAll(found.targets());
            throw protocol.giveBack(audit, more, e);
        }
    }

    private static Set<RecordingTarget> ids(List<ListedRecording> listed) {
        return listed.stream()
                .map(recording -> new RecordingTarget.ById(recording.id()))
                .collect(Collectors.toSet());
    }
}
