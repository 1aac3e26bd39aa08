package org.liverecordings.registry.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.idempotency.StoredAnswer;

/** Keeps keys and answers in this process: as many as fit in, the oldest that nobody holds go first. */
public final class MemoryIdempotencyKeys implements IdempotencyKeys {

    private final Map<Name, Use> uses = new LinkedHashMap<>();
    private final Duration keep;
    private final int capacity;
    private final InstantSource clock;

    /**
     * @param keep how long an answer is given again
     * @param capacity how many keys are kept at most, besides those that are held
     */
    public MemoryIdempotencyKeys(Duration keep, int capacity, InstantSource clock) {
        this.keep = keep;
        this.capacity = capacity;
        this.clock = clock;
    }

    private record Name(String userKey, String value) {

        static Name of(IdempotencyKey key) {
            return new Name(key.userKey(), key.value());
        }
    }

    /**
     * @param heldUntil from then on another request may take it over, if there is no answer
     * @param keptUntil from then on it counts as none
     * @param answer null while there is none
     */
    private record Use(String fingerprint, UUID holder, Instant heldUntil, Instant keptUntil, StoredAnswer answer) {

        boolean isHeldBy(UUID asker) {
            return answer == null && holder.equals(asker);
        }

        boolean isHeldAt(Instant now) {
            return answer == null && heldUntil.isAfter(now);
        }

        boolean isKeptAt(Instant now) {
            return keptUntil.isAfter(now);
        }
    }

    @Override
    public synchronized Taken take(IdempotencyKey key, UUID holder, Duration duration) {
        Instant now = clock.instant();
        Name name = Name.of(key);
        Use use = uses.get(name);
        if (use != null && use.isKeptAt(now)) {
            if (!use.fingerprint.equals(key.fingerprint())) {
                return new Taken(Outcome.OTHER_REQUEST, null);
            }
            if (use.answer != null) {
                return new Taken(Outcome.ANSWERED, use.answer);
            }
            if (use.isHeldAt(now)) {
                return new Taken(Outcome.HELD, null);
            }
        }
        Instant until = now.plus(duration);
        uses.remove(name);
        uses.put(name, new Use(key.fingerprint(), holder, until, until.plus(keep), null));
        makeRoom(now);
        return new Taken(Outcome.TAKEN, null);
    }

    private void makeRoom(Instant now) {
        Iterator<Use> oldestFirst = uses.values().iterator();
        while (uses.size() > capacity && oldestFirst.hasNext()) {
            if (!oldestFirst.next().isHeldAt(now)) {
                oldestFirst.remove();
            }
        }
    }

    @Override
    public synchronized boolean store(IdempotencyKey key, UUID holder, StoredAnswer answer) {
        Use use = uses.get(Name.of(key));
        if (use == null || !use.isHeldBy(holder)) {
            return false;
        }
        uses.put(
                Name.of(key),
                new Use(use.fingerprint, holder, use.heldUntil, clock.instant().plus(keep), answer));
        return true;
    }

    @Override
    public synchronized void release(IdempotencyKey key, UUID holder) {
        uses.computeIfPresent(Name.of(key), (name, use) -> use.isHeldBy(holder) ? null : use);
    }

    @Override
    public synchronized int removeLapsed() {
        int before = uses.size();
        uses.values().removeIf(use -> !use.isKeptAt(clock.instant()));
        return before - uses.size();
    }
}
