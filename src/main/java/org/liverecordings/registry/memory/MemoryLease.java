package org.liverecordings.registry.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.LeaseState;
import org.liverecordings.recording.store.StopLeases.Earlier;

/**
 * What is kept of a lease in memory.
 *
 * @param askingUntil from then on {@link LeaseState#ASKING} counts as {@link LeaseState#UNKNOWN}
 * @param keptUntil from then on it counts as none
 * @param earlier what the lease said before its holder took it; of one that nobody holds only whether it is claimed
 * @param foundBy the lines and users whose recording it is
 */
record MemoryLease(
        UUID holder,
        LeaseState state,
        Instant askingUntil,
        Instant keptUntil,
        Earlier earlier,
        Set<RecordingTarget> foundBy) {

    /** No lease. */
    static final MemoryLease NONE =
            new MemoryLease(null, LeaseState.CLAIMED, Instant.MIN, Instant.MIN, new Earlier(false, false), Set.of());

    boolean isHeldBy(UUID asker) {
        return state == LeaseState.ASKING && asker.equals(holder);
    }

    boolean isAskedFor(Instant now) {
        return state == LeaseState.ASKING && askingUntil.isAfter(now);
    }

    boolean isOpen() {
        return state != LeaseState.CLAIMED;
    }

    boolean isOpenAndFoundBy(RecordingTarget lineOrUser) {
        return isOpen() && foundBy.contains(lineOrUser);
    }

    /**
     * @param finder null if there is none
     */
    MemoryLease taken(UUID by, Instant until, Instant kept, RecordingTarget finder) {
        Set<RecordingTarget> finders = new HashSet<>(foundBy);
        if (finder != null) {
            finders.add(finder);
        }
        return new MemoryLease(by, LeaseState.ASKING, until, kept, new Earlier(isOpen(), earlier.claimed()), finders);
    }

    MemoryLease ended(LeaseState as, boolean claimed, Instant kept) {
        return new MemoryLease(holder, as, askingUntil, kept, new Earlier(false, claimed), foundBy);
    }

    static Map<LeaseState, Long> countByState(Collection<MemoryLease> leases, Instant now) {
        return leases.stream()
                .filter(lease -> lease.keptUntil.isAfter(now))
                .collect(Collectors.groupingBy(
                        lease -> lease.state == LeaseState.ASKING && !lease.isAskedFor(now)
                                ? LeaseState.UNKNOWN
                                : lease.state,
                        Collectors.counting()));
    }
}
