package org.liverecordings.events.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far each webhook has got, and which replica is at it. Safe for use by many threads and replicas.
 *
 * <p>Every method throws {@link org.liverecordings.recording.store.StoreUnavailableException} if what keeps it can't be reached.
 */
public interface Progress {

    /**
     * How far a webhook has got.
     *
     * @param mine whether this replica is at it
     * @param position all events up to there are delivered
     * @param attempts how often the next one was tried in vain
     * @param failingSince when it was tried first; null if it wasn't tried in vain
     * @param due whether it is time for the next attempt
     * @param dueAt since when, or from when on; null: since ever. A replay moves it, which tells what began before the replay
     * @param failure why the last attempt failed; null if none did
     * @param parkedAt since when nothing is tried any more; null if that isn't so
     */
    record State(
            boolean mine,
            long position,
            int attempts,
            Instant failingSince,
            boolean due,
            Instant dueAt,
            String failure,
            Instant parkedAt) {}

    /**
     * Takes a webhook's lease, or renews it. A webhook that is new begins with the events that come from now on.
     *
     * @param duration after which another replica may take it, unless this one renews it
     */
    State hold(String name, Duration duration);

    /**
     * Notes that all events up to this one are delivered.
     *
     * @param from where it was
     * @return false if this replica isn't at it any more, or somebody moved it meanwhile
     */
    boolean delivered(String name, long from, long position);

    /**
     * Notes that an attempt failed, and when the next one is due.
     *
     * @param begun the state in which the attempt began
     * @return the state now; empty, and nothing is noted, if this replica isn't at it any more, or a replay was asked for meanwhile
     */
    Optional<State> failed(String name, State begun, String failure, Duration delay);

    /** As {@link #failed}, and that nothing is tried any more. */
    Optional<State> park(String name, State begun, String failure);

    /**
     * Delivers again what comes after a position, at once; also if it was parked. It only ever goes back: what wasn't delivered yet
     * is delivered, whatever the position.
     *
     * @param position null: where it is
     * @return after which position it goes on; empty if no replica has ever known such a webhook
     */
    Optional<Long> replay(String name, Long position);
}
