package org.liverecordings.recording.timer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.NoUsableListException;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.timer.TimerRules.LongestPause;

/**
 * Carries out timers that are due, in the name of the user {@code timer}, through the use cases that requests go through. Each is taken
 * by one replica at a time. One that was carried out goes in the transaction in which that took effect; one that can't be is tried again,
 * ever less often, for as long as its recording is live.
 */
public final class DueTimers {

    /** Who does what timers do, on the trail and in events. */
    public static final String USER = "timer";

    /** How many are carried out at once: few beside what the guard lets through, so that requests come first. */
    private static final int AT_ONCE = 20;

    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    /** What fits into a reason beside the words before it. */
    private static final int LONGEST_NAME = 190;

    private final TimerRules rules;
    private final Actions actions;
    private final Listener listener;
    private final Deadline.Limit limit;
    private final Duration lease;
    private final Executor executor;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private volatile boolean ended;

    /**
     * @param limit how long each may take
     * @param lease after which another replica tries it; longer than that
     * @param executor runs 20 at once
     */
    public DueTimers(
            TimerRules rules,
            Actions actions,
            Listener listener,
            Deadline.Limit limit,
            Duration lease,
            Executor executor) {
        this.rules = rules;
        this.actions = actions;
        this.listener = listener;
        this.limit = limit;
        this.lease = lease;
        this.executor = executor;
    }

    /** The use cases, as far as timers need them. Each throws what its use case does. */
    public interface Actions {

        /** Resumes a recording. */
        void resume(Caller caller, RecordingId recording, String why);

        /** Stops a recording. */
        void stop(Caller caller, RecordingId recording, String why);

        /** Whether a recording is live and paused. */
        boolean isPaused(Caller caller, RecordingId recording);
    }

    /** Hears of what is reported nowhere else. */
    public interface Listener {

        /** A timer couldn't be carried out; it is tried again after this time. */
        void failed(Timers.Due timer, RuntimeException failure, Duration delay);

        /** A recording is paused for longer than it should be. */
        void pausedTooLong(Timers.Due timer);
    }

    /**
     * Takes what is due, as far as there is room, and has it carried out. Returns before that is done.
     *
     * @throws StoreUnavailableException if what keeps the timers can't be reached
     */
    public void look() {
        while (takeSome() > 0) {
            // What was taken isn't due any more.
        }
    }

    /** From now on nothing more is taken: another replica does it. */
    public void end() {
        ended = true;
    }

    private int takeSome() {
        int places = ended ? 0 : room.drainPermits();
        List<Timers.Due> due = List.of();
        // It is over before the lease is, so that nobody else has begun by then.
        Deadline deadline = limit.begin();
        try {
            due = places == 0 ? due : rules.timers().take(places, lease);
        } finally {
            room.release(Math.max(0, places - due.size()));
        }
        due.forEach(timer -> executor.execute(() -> {
            try {
                carryOut(timer, deadline);
            } finally {
                room.release();
            }
        }));
        return due.size();
    }

    private void carryOut(Timers.Due timer, Deadline deadline) {
        try {
            if (!deadline.isOver() && rules.timers().isTaken(timer)) {
                act(timer, deadline);
            }
        } catch (RuntimeException e) {
            Duration delay = delay(timer.attempts());
            listener.failed(timer, e, delay);
            try {
                rules.timers().putOff(timer, delay);
            } catch (StoreUnavailableException away) {
                // It is tried again when its lease has lapsed.
                e.addSuppressed(away);
            }
        }
    }

    private void act(Timers.Due timer, Deadline deadline) {
        Caller caller =
                new Caller(USER, Caller.COMPLETE_MANAGEMENT, Set.of(), null, timer.correlationId(), deadline, null);
        try {
            switch (timer.action()) {
                case RESUME -> actions.resume(caller, timer.recording(), why(timer));
                case STOP -> actions.stop(caller, timer.recording(), why(timer));
                case ALARM -> alarm(caller, timer);
            }
        } catch (NoLiveRecordingException | AlreadySoException e) {
            rules.timers().forget(timer);
        }
    }

    /** It is reported again for as long as the pause lasts; once if nobody can tell for how long that is. */
    private void alarm(Caller caller, Timers.Due timer) {
        Optional<Duration> again = rules.longestPause().map(LongestPause::after);
        try {
            if (again.isEmpty() || !actions.isPaused(caller, timer.recording())) {
                rules.timers().forget(timer);
            } else {
                listener.pausedTooLong(timer);
                rules.timers().putOff(timer, again.get());
            }
        } catch (NoUsableListException e) {
            listener.pausedTooLong(timer);
            rules.timers().forget(timer);
        }
    }

    /** A name may hold what a reason mustn't. */
    private static String why(Timers.Due timer) {
        StringBuilder why = new StringBuilder("set by ");
        timer.user()
                .codePoints()
                .limit(LONGEST_NAME)
                .forEach(c -> why.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return why.toString();
    }

    /** 1 s after the first time, then twice as long each time. */
    private static Duration delay(int attempts) {
        Duration delay = Duration.ofSeconds(1L << Math.min(attempts - 1, 10));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }
}
