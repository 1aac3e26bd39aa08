package org.liverecordings.recorder.asterisk;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Future;
import org.liverecordings.recorder.asterisk.ari.Ari;
import org.liverecordings.recorder.asterisk.ari.Channel;
import org.liverecordings.recorder.asterisk.ari.RecordingStates;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderException;

/**
 * Calls and recordings on one node. What Asterisk answers to a request is only that it will see to it: states tell that it did. Every
 * method returns at once and never throws.
 */
final class NodeRecordings {

    /** A stop that comes before the recording has begun may get lost, so it is repeated. */
    private static final int LOOKS_PER_STOP = 10;

    private final Ari ari;
    private final RecordingStates states;
    private final Names names;
    private final Duration timeout;

    /**
     * @param timeout how long each method may take
     */
    NodeRecordings(Ari ari, RecordingStates states, Names names, Duration timeout) {
        this.ari = ari;
        this.states = states;
        this.names = names;
        this.timeout = timeout;
    }

    /**
     * The connected channels of an endpoint, the youngest first; empty if the node doesn't know the endpoint.
     *
     * @param endpoint such as {@code PJSIP/101}
     */
    Future<Optional<List<Channel>>> callsOf(String endpoint) {
        Deadline deadline = Deadline.after(timeout);
        return ari.channelsOf(endpoint, deadline).compose(known -> {
            List<Future<Optional<Channel>>> channels = known.orElse(List.of()).stream()
                    .map(id -> ari.channel(id, deadline))
                    .toList();
            return Future.all(channels)
                    .map(all -> known.map(ids -> channels.stream()
                            .flatMap(channel -> channel.result().stream())
                            .filter(Channel::up)
                            .sorted(Comparator.comparing(Channel::createdAt).reversed())
                            .toList()));
        });
    }

    /** After a request that Asterisk took a failure to learn more leaves the outcome unknown. */
    static <T> Future<T> orMaybe(Throwable failure) {
        return Future.failedFuture(failure instanceof RecorderException e ? e.orEarlier(true) : failure);
    }

    /**
     * Stops a recording; ends once Asterisk no longer records it.
     *
     * @return fails with {@link NoLiveRecordingException} if there is none, also if it was ending already
     */
    Future<Void> stop(RecordingId id) {
        return stop(id, Deadline.after(timeout)).onComplete(over -> {
            if (over.succeeded() || over.cause() instanceof NoLiveRecordingException) {
                // In its own time: the caller needn't wait for it. What can't be ended now is swept later.
                ari.hangUp(names.channel(id), Deadline.after(timeout));
            }
        });
    }

    private Future<Void> stop(RecordingId id, Deadline deadline) {
        return ari.stop(id.toString(), deadline).compose(taken -> {
            if (taken.isEmpty()) {
                return Future.failedFuture(new NoLiveRecordingException());
            }
            return taken.get()
                    ? untilStopped(id, deadline).recover(NodeRecordings::orMaybe)
                    : states.now(id, deadline).compose(settled -> stop(id, deadline));
        });
    }

    private Future<Void> untilStopped(RecordingId id, Deadline deadline) {
        return states.until(Optional::isEmpty, id, LOOKS_PER_STOP, deadline)
                .compose(state -> state.isEmpty()
                        ? Future.succeededFuture()
                        : ari.stop(id.toString(), deadline).compose(taken -> untilStopped(id, deadline)));
    }

    /** What state the recording is in: {@code queued}, {@code recording} or {@code paused}; empty if it isn't live. */
    Future<Optional<String>> state(RecordingId id) {
        return states.now(id, Deadline.after(timeout));
    }
}
