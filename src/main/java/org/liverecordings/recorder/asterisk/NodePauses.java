package org.liverecordings.recorder.asterisk;

import java.time.Duration;
import java.util.function.Predicate;

import io.vertx.core.Future;
import org.liverecordings.recorder.asterisk.ari.Ari;
import org.liverecordings.recorder.asterisk.ari.RecordingStates;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.NoLiveRecordingException;

/**
 * Pauses and resumes recordings of one node. It is the recording that is paused, and not the call, so that whatever becomes of the call
 * meanwhile, hold or transfer, doesn't let it run on. Every method returns at once and never throws.
 */
final class NodePauses {

    private final Ari ari;
    private final RecordingStates states;
    private final AsteriskConfig.Pause pause;
    private final Duration timeout;

    /**
     * @param timeout how long each method may take
     */
    NodePauses(Ari ari, RecordingStates states, AsteriskConfig.Pause pause, Duration timeout) {
        this.ari = ari;
        this.states = states;
        this.pause = pause;
        this.timeout = timeout;
    }

    /**
     * Pauses a recording or resumes it; ends once Asterisk has done so. May be repeated, but not if they {@link #areHidden}: of requests
     * that weren't answered nobody knows in which order Asterisk comes to them.
     *
     * @return fails with {@link NoLiveRecordingException} if there is none
     */
    Future<Void> set(RecordingId id, boolean paused) {
        Deadline deadline = Deadline.after(timeout);
        return unmuteFirst(id, paused, deadline)
                .compose(unmuted -> askToPause(id, paused, deadline))
                .compose(taken -> is(id, paused, Integer.MAX_VALUE, deadline).recover(NodeRecordings::orMaybe))
                .mapEmpty();
    }

    /** An earlier mute may have been done although nobody was told. Asterisk 22 takes another one for the wish to undo it. */
    private Future<Void> unmuteFirst(RecordingId id, boolean paused, Deadline deadline) {
        return areHidden() && paused ? askToPause(id, false, deadline) : Future.succeededFuture();
    }

    private Future<Void> askToPause(RecordingId id, boolean paused, Deadline deadline) {
        return ari.pause(id.toString(), areHidden(), paused, deadline).compose(taken -> {
            if (taken.isEmpty()) {
                return Future.failedFuture(new NoLiveRecordingException());
            }
            boolean begun = taken.get();
            return begun ? Future.succeededFuture() : states.later(() -> askToPause(id, paused, deadline));
        });
    }

    /**
     * Whether a recording is paused, if that is what it should be, or isn't. Whether it is muted Asterisk doesn't tell: that counts as
     * it should be.
     *
     * @return fails with {@link NoLiveRecordingException} if there is none
     */
    Future<Boolean> is(RecordingId id, boolean paused) {
        return is(id, paused, 1, Deadline.after(timeout));
    }

    /** Whether Asterisk doesn't tell if a recording is paused. */
    boolean areHidden() {
        return pause == AsteriskConfig.Pause.MUTE;
    }

    private Future<Boolean> is(RecordingId id, boolean paused, int looks, Deadline deadline) {
        if (areHidden()) {
            return Future.succeededFuture(true);
        }
        Predicate<String> wanted = state -> state.equals("paused") == paused;
        return states.until(state -> state.isEmpty() || wanted.test(state.get()), id, looks, deadline)
                .compose(state -> state.isEmpty()
                        ? Future.failedFuture(new NoLiveRecordingException())
                        : Future.succeededFuture(wanted.test(state.get())));
    }
}
