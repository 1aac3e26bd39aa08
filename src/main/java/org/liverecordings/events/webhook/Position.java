package org.liverecordings.events.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;
import org.liverecordings.events.webhook.Progress.State;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.RecordingEvent.Numbered;

/** Where one webhook is among the events, as far as this replica knows. It is moved by one thread, and may be looked at by any. */
final class Position {

    private static final Logger LOG = Logger.getLogger(Position.class);

    private static final int BATCH = 50;

    private final String webhook;
    private final EventLog log;
    private final LongSupplier latest;
    private final Progress progress;
    private volatile State state;

    /**
     * @param latest the position of the latest event, as far as is known without asking
     */
    Position(String webhook, EventLog log, LongSupplier latest, Progress progress) {
        this.webhook = webhook;
        this.log = log;
        this.latest = latest;
        this.progress = progress;
    }

    /** Null before the first {@link #hold}. */
    State state() {
        return state;
    }

    /** As {@link Progress#hold}. */
    State hold(Duration lease) {
        state = progress.hold(webhook, lease);
        return state;
    }

    /** How many events come after it, as far as is known without asking. */
    long behind() {
        return Math.max(0, latest.getAsLong() - state.position());
    }

    /**
     * The next events, in their order; none if there are none, or if it isn't this replica's turn any more. Those that are kept no longer
     * are passed over, which is said in the log once, whichever replica comes by next.
     */
    List<Numbered> next() {
        List<Numbered> batch = log.after(state.position(), BATCH);
        long kept = state.position();
        if (!batch.isEmpty()) {
            // They are numbered without a gap.
            kept = batch.get(0).position() - 1;
        } else if (behind() > 0) {
            kept = Math.max(kept, log.forgottenUpTo());
        }
        long missed = kept - state.position();
        if (missed > 0) {
            if (!advance(kept)) {
                return List.of();
            }
            LOG.errorf("missed webhook=%s events=%d: they were kept no longer", webhook, missed);
        }
        return batch;
    }

    /**
     * Notes that all events up to there are done with.
     *
     * @return false if it isn't this replica's turn any more, or somebody asked for a replay meanwhile: {@link #hold} tells
     */
    boolean advance(long position) {
        long from = state.position();
        if (position == from) {
            return true;
        }
        boolean moved = progress.delivered(webhook, from, position);
        if (moved) {
            state = new State(true, position, 0, null, true, state.dueAt(), null, null);
        }
        return moved;
    }

    /**
     * Notes that the next event couldn't be delivered at this attempt, and is due again after a pause.
     *
     * @return as {@link #advance}
     */
    boolean failed(String failure, Duration pause) {
        return noted(progress.failed(webhook, state, failure, pause));
    }

    /** As {@link #failed}, and that nothing is tried any more. */
    boolean park(String failure) {
        return noted(progress.park(webhook, state, failure));
    }

    private boolean noted(Optional<State> now) {
        now.ifPresent(known -> state = known);
        return now.isPresent();
    }

    /** As {@link Progress#replay}; by any thread. */
    void replay(Long position) {
        if (progress.replay(webhook, position).isEmpty()) {
            // No replica has looked yet.
            progress.hold(webhook, Duration.ZERO);
            progress.replay(webhook, position);
        }
    }
}
