package org.liverecordings.registry.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.store.LeaseState;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.Settlement;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Unsettled;

/** Keeps the leases in this process. */
public final class MemoryStopLeases implements StopLeases {

    private final Map<RecordingTarget, MemoryLease> leases = new HashMap<>();
    private final LiveRecordingRepository registry;
    private final IdempotencyKeys keys;
    private final Duration keep;
    private final InstantSource clock;
    private final StoppedEntries entries;

    /**
     * @param registry where a recording's entry decides who claims its end; null if the recordings are a suite's
     * @param keep how long an unknown outcome, or that an end was claimed, is remembered
     * @param events where is noted what became of stops
     * @param timers those of what is stopped go
     */
    public MemoryStopLeases(
            LiveRecordingRepository registry,
            IdempotencyKeys keys,
            Duration keep,
            InstantSource clock,
            MemoryEvents events,
            MemoryTimers timers) {
        this.registry = registry;
        this.keys = keys;
        this.keep = keep;
        this.clock = clock;
        this.entries = new StoppedEntries(registry, events, timers);
    }

    @Override
    public synchronized Map<RecordingTarget, Earlier> take(
            UUID holder, Collection<RecordingTarget> targets, RecordingTarget foundBy, Duration duration) {
        Instant now = clock.instant();
        Map<RecordingTarget, Earlier> taken = new HashMap<>();
        for (RecordingTarget target : targets) {
            MemoryLease lease = kept(target);
            if (!lease.isAskedFor(now)) {
                Instant until = now.plus(duration);
                leases.put(target, lease.taken(holder, until, until.plus(keep), foundBy));
                taken.put(target, leases.get(target).earlier());
            }
        }
        return taken;
    }

    private MemoryLease kept(RecordingTarget target) {
        MemoryLease lease = leases.getOrDefault(target, MemoryLease.NONE);
        return lease.keptUntil().isAfter(clock.instant()) ? lease : MemoryLease.NONE;
    }

    @Override
    public synchronized Set<RecordingTarget> foundBy(RecordingTarget lineOrUser) {
        Set<RecordingTarget> found = new HashSet<>(leases.keySet());
        found.removeIf(target -> !kept(target).isOpenAndFoundBy(lineOrUser));
        return found;
    }

    @Override
    public synchronized Optional<Set<RecordingTarget>> settle(Settlement settlement) {
        Set<RecordingTarget> targets = settlement.targets();
        if (!targets.stream().allMatch(target -> isHeld(target, settlement.holder()))) {
            return Optional.empty();
        }
        Set<RecordingTarget> claimed = new HashSet<>(settlement.stopped());
        claimed.removeIf(target -> !isClaimable(target));
        Settlement.Answers answers = settlement.answers();
        if (answers != null && !keys.store(answers.key(), settlement.holder(), answers.of(claimed))) {
            return Optional.empty();
        }
        for (RecordingTarget target : targets) {
            boolean claims = claimed.contains(target);
            entries.settle(target, settlement, claims);
            end(target, LeaseState.CLAIMED, registry == null && claims);
        }
        return Optional.of(claimed);
    }

    private boolean isHeld(RecordingTarget target, UUID holder) {
        return leases.getOrDefault(target, MemoryLease.NONE).isHeldBy(holder);
    }

    private boolean isClaimable(RecordingTarget target) {
        return registry == null
                ? !leases.get(target).earlier().claimed()
                : registry.find(((RecordingTarget.ById) target).id()).isPresent();
    }

    /** Ids aren't used twice, lines are: of a line it isn't remembered that its end was claimed. */
    private void end(RecordingTarget target, LeaseState state, boolean claims) {
        MemoryLease lease = leases.get(target);
        boolean claimed = claims || lease.earlier().claimed();
        if (state == LeaseState.UNKNOWN || claimed && target instanceof RecordingTarget.ById) {
            leases.put(target, lease.ended(state, claimed, clock.instant().plus(keep)));
        } else {
            leases.remove(target);
        }
    }

    @Override
    public synchronized void giveBack(Unsettled unsettled) {
        for (RecordingTarget target : unsettled.targets()) {
            if (isHeld(target, unsettled.holder())) {
                boolean open = !unsettled.others().contains(target);
                boolean unknown = open || leases.get(target).earlier().unknown();
                end(target, unknown ? LeaseState.UNKNOWN : LeaseState.CLAIMED, false);
                if (open) {
                    entries.leftOpen(target, unsettled.stopped().contains(target), unsettled.cause());
                }
            }
        }
    }

    @Override
    public synchronized boolean isOpen(RecordingId id) {
        return kept(new RecordingTarget.ById(id)).isOpen();
    }

    /** How many leases say what, as whoever took them over would see it. */
    public synchronized Map<LeaseState, Long> countByState() {
        return MemoryLease.countByState(leases.values(), clock.instant());
    }

    @Override
    public synchronized int removeLapsed() {
        int before = leases.size();
        leases.values().removeIf(lease -> !lease.keptUntil().isAfter(clock.instant()));
        return before - leases.size();
    }
}
