package org.liverecordings.recording.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.event.Cause;

/**
 * What is to be done about recordings at a certain time, by whichever replica lives then. Times are those of what keeps the timers, so
 * that no replica's clock matters. A timer goes with its recording: a settled stop and a removed entry take it along. Safe for use by many
 * threads and replicas.
 *
 * <p>A request sets a timer before it asks the recorder, and settles it when it is over. Until then the timer isn't due, since what it
 * is to end may not have begun. If the request's replica dies, the timer counts as settled after the time that the request might take.
 *
 * <p>Every method throws {@link StoreUnavailableException} if what keeps the timers can't be reached.
 */
public interface Timers {

    /** What can be done. */
    enum Action {
        /** Resume a recording, as a request would. */
        RESUME,
        /** Stop a recording, as a request would. */
        STOP,
        /** Tell that a recording is still paused. */
        ALARM
    }

    /**
     * The request that sets a timer.
     *
     * @param id tells it from any other
     * @param user who set it
     * @param correlationId the request's
     * @param mayTake how long from now on the request may take effect; zero if it has
     */
    record Setter(UUID id, String user, String correlationId, Duration mayTake) {

        /** A request of this user's. */
        public static Setter of(UUID id, Cause request, Duration mayTake) {
            return new Setter(id, request.user(), request.correlationId(), mayTake);
        }

        /** The same request, in another's name. */
        public Setter inNameOf(String other) {
            return new Setter(id, other, correlationId, mayTake);
        }
    }

    /**
     * A timer that is due, and that nobody else tries for a while.
     *
     * @param user who set it
     * @param correlationId that of the request that set it
     * @param attempts how often it was tried, this time included
     */
    record Due(
            UUID id,
            RecordingId recording,
            Action action,
            Instant dueAt,
            String user,
            String correlationId,
            int attempts) {}

    /**
     * When something happens to a recording by itself.
     *
     * @param resumesAt null if it doesn't resume
     * @param stopsAt null if it doesn't stop
     */
    record Times(Instant resumesAt, Instant stopsAt) {

        /** Nothing does. */
        public static final Times NONE = new Times(null, null);

        /** With one more timer: of several the first counts. */
        public Times and(Action action, Instant dueAt) {
            return switch (action) {
                case RESUME -> new Times(first(resumesAt, dueAt), stopsAt);
                case STOP -> new Times(resumesAt, first(stopsAt, dueAt));
                case ALARM -> this;
            };
        }

        private static Instant first(Instant one, Instant other) {
            return one == null || other.isBefore(one) ? other : one;
        }
    }

    /**
     * To be called before something begins that can't be undone if its timer finds no room.
     *
     * @throws StoreUnavailableException if there is none for one more
     */
    default void requireRoom() {}

    /**
     * Sets a timer for each of the recordings. May be part of a unit of work.
     *
     * @param after from now on
     */
    void set(Collection<RecordingId> recordings, Action action, Duration after, Setter by);

    /**
     * A request that set timers is over. May be part of a unit of work.
     *
     * @param keep the recordings whose timers stay
     * @param takeBack those whose timers go, since nothing began that they would end
     */
    void settle(UUID request, Collection<RecordingId> keep, Collection<RecordingId> takeBack);

    /**
     * A pause of these recordings began or ended: timers go that were meant for earlier pauses. May be part of a unit of work.
     *
     * @param askedAt when that was asked for, as the trail says; what was settled after it stays
     */
    void pauseChanged(Collection<RecordingId> recordings, Instant askedAt);

    /** Whether there is no timer at all. */
    boolean isEmpty();

    /** When something happens to these recordings by itself; those are left out to which nothing does. */
    Map<RecordingId, Times> of(Collection<RecordingId> recordings);

    /**
     * Takes timers that are due, the longest due first.
     *
     * @param limit how many at most
     * @param lease after which somebody else tries them, unless they are put off or forgotten
     */
    List<Due> take(int limit, Duration lease);

    /** Whether a timer that was taken is still there, and nobody else has taken it meanwhile. */
    boolean isTaken(Due timer);

    /** Lets a timer be tried again after this time, unless somebody else has taken it meanwhile. */
    void putOff(Due timer, Duration delay);

    /** There is nothing left to do about it. */
    void forget(Due timer);
}
