package org.liverecordings.recording.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.text.TraceContext;
import org.liverecordings.text.Words;

/**
 * The trail of who asked to stop, start, pause or resume what, when, and with which outcome. Whoever uses this adds
 * to it and changes nothing; what is older than the retention goes by itself, if there is one.
 *
 * <p>Every method throws {@link StoreUnavailableException} if what keeps the trail can't be reached.
 */
public interface AuditTrail {

    /**
     * Notes what is asked, before anything is done about it. What can't be noted stands in the log at least; not so within a {@link
     * UnitOfWork}, which may be run again: whoever runs it notes it once more when that has failed.
     */
    Entry asked(Asked asked);

    /**
     * Notes how it ended as a whole, and what the recorder confirmed: each of the outcome's recordings, or, if it is {@link
     * Result#DONE} and names none, something that has no id here. Part of the caller's {@link UnitOfWork}, so that no change is
     * without its note.
     */
    void ended(Entry entry, Outcome outcome);

    /**
     * Learns of an end that isn't to be written: it stands on the trail already, written in the transaction in which it took effect; or it
     * is a failure that can't be written now.
     */
    void settled(Entry entry, Outcome outcome);

    /** How it ended, if its end is on the trail. */
    Optional<Result> resultOf(Entry entry);

    /** Learns for how long a request waited for others of the same, whether or not it could go on then. It isn't written. */
    default void waited(Duration duration) {}

    /** What can be asked for. */
    enum Operation {
        START,
        STOP,
        PAUSE,
        RESUME,
        /** To put a hold on a line: a stop does it besides. */
        PUT_HOLD,
        /** Of the hold that a stop put on a line. */
        LIFT_HOLD,
        /** Of a hold that nobody lifted: the service's own doing, as its time or its call is over. */
        END_HOLD;

        /** Whether its id is that of a hold. */
        boolean isOfHold() {
            return this == PUT_HOLD || this == LIFT_HOLD || this == END_HOLD;
        }

        /** Its name outside. */
        public String word() {
            return Words.of(this);
        }
    }

    /** How it ended. */
    enum Result {
        /** The recorder confirmed it, for every recording. */
        DONE,
        /** A rule forbids it. */
        REJECTED,
        /** The caller's level doesn't reach that far. */
        FORBIDDEN,
        /** What was named is not being recorded; for a start: there is no call. */
        NOT_LIVE,
        /** A stop put a hold on the line: nothing may be started there for now. */
        HELD,
        /** What was asked for is the case already. */
        ALREADY_SO,
        /** The recorder may have done it. */
        UNKNOWN,
        /** It was not done. */
        FAILED;

        /** Its name outside. */
        public String word() {
            return Words.of(this);
        }
    }

    /**
     * What was asked, in the caller's own words.
     *
     * @param operation never null
     * @param caller never null
     * @param id null if the recording's id wasn't given
     * @param deviceName null if none was given
     * @param directoryNumber null if none was given
     * @param why the caller's reason; null if none was given
     */
    record Asked(Operation operation, Caller caller, String id, String deviceName, String directoryNumber, String why) {

        /** What stands for an id where the caller's own lines are meant. */
        public static final String OWN_LINES = "Mine";

        private static final int LONGEST_REASON = 200;

        /** A request without a reason. */
        public Asked(Operation operation, Caller caller, String id, String deviceName, String directoryNumber) {
            this(operation, caller, id, deviceName, directoryNumber, null);
        }

        /**
         * Checks the reason, which is free text or one of {@code consent-withdrawn}, {@code payment}, {@code legal}, {@code other}.
         *
         * @throws ReasonUnusableException if it is longer than 200 characters or holds a control character
         */
        public void checkReason() {
            if (why != null
                    && (why.codePointCount(0, why.length()) > LONGEST_REASON
                            || why.chars().anyMatch(Character::isISOControl))) {
                throw new ReasonUnusableException();
            }
        }

        /** What it names, as far as that makes sense; what names nothing is about the caller's own lines. */
        public Optional<RecordingTarget> target() {
            if (id != null && !id.equals(OWN_LINES) && !operation.isOfHold()) {
                return RecordingId.parse(id).map(RecordingTarget.ById::new);
            }
            return LineSelector.of(deviceName, directoryNumber)
                    .<RecordingTarget>map(RecordingTarget.OnLine::new)
                    .or(() -> Optional.of(new RecordingTarget.OfUser(Line.userKey(caller.name()))));
        }

        /** Who asked for what, for the events that tell of it. */
        Cause cause() {
            return new Cause(
                    caller.name(),
                    operation.word(),
                    caller.correlationId(),
                    LineSelector.of(deviceName, directoryNumber).orElse(null),
                    TraceContext.current().traceparent());
        }
    }

    /**
     * An entry that was begun.
     *
     * @param id ties its notes together
     * @param asked never null
     * @param at when it was asked
     */
    record Entry(UUID id, Asked asked, Instant at) {}

    /**
     * An end.
     *
     * @param result never null
     * @param reason the contract's number of the reason; null unless the result is {@link Result#REJECTED}
     * @param recordings those that were confirmed, as far as known; never null
     * @param duration from being asked to its end
     * @param cause why it failed or isn't known; null otherwise
     * @param inferred whether the recorder didn't confirm a stop itself, but knew no such recording after one with an unknown
     *     outcome: the call may have ended by itself
     * @param repetition whether the request was answered before, and got the same answer again
     */
    record Outcome(
            Result result,
            Integer reason,
            List<RecordingId> recordings,
            Duration duration,
            Throwable cause,
            boolean inferred,
            boolean repetition) {

        /** An end that was neither inferred nor told before. */
        public Outcome(
                Result result, Integer reason, List<RecordingId> recordings, Duration duration, Throwable cause) {
            this(result, reason, recordings, duration, cause, false, false);
        }
    }
}
