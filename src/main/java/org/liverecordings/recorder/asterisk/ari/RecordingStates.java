package org.liverecordings.recorder.asterisk.ari;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.RecordingId;

/** Watches what state recordings of a node are in: what Asterisk was asked for takes it milliseconds. */
public final class RecordingStates {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    /**
     * No answer: a stop puts a recording in such a state before anything is stopped, and one that ends is in it for a moment after
     * Asterisk told that it has ended.
     */
    private static final Set<String> ENDING = Set.of("done", "failed", "canceled");

    private final Vertx vertx;
    private final Ari ari;

    /** Neither is null. */
    public RecordingStates(Vertx vertx, Ari ari) {
        this.vertx = vertx;
        this.ari = ari;
    }

    /**
     * Looks until the state is a wanted one, or often enough. While the recording is ending it goes on looking.
     *
     * @return the state when last looked at; empty if the recording isn't live
     */
    public Future<Optional<String>> until(
            Predicate<Optional<String>> wanted, RecordingId id, int looks, Deadline deadline) {
        return ari.state(id.toString(), deadline).compose(state -> {
            if (state.filter(ENDING::contains).isPresent()) {
                return later(() -> until(wanted, id, looks, deadline));
            }
            boolean seen = wanted.test(state) || looks <= 1;
            return seen ? Future.succeededFuture(state) : later(() -> until(wanted, id, looks - 1, deadline));
        });
    }

    /** The state once the recording isn't ending; empty if it isn't live. */
    public Future<Optional<String>> now(RecordingId id, Deadline deadline) {
        return until(any -> true, id, 1, deadline);
    }

    /** Does the work in a moment. */
    public <T> Future<T> later(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        vertx.setTimer(LOOK_AGAIN.toMillis(), timer -> work.get().onComplete(done));
        return done.future();
    }
}
