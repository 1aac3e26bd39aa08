package org.liverecordings.recorder.asterisk;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.liverecordings.recorder.asterisk.ari.Ari;
import org.liverecordings.recorder.asterisk.ari.AwaitedEvents;
import org.liverecordings.recorder.asterisk.ari.Channel;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;

/**
 * Records on one node, each step confirmed before the next. What Asterisk answers to a request is only that it will see to it:
 * events and states tell that it did.
 *
 * <p>A call that isn't in a Stasis application can't be recorded, so a channel of ours listens to it and is recorded. Its id follows
 * from the recording's, so that every replica knows it. Every method returns at once and never throws.
 */
final class NodeRecordings {

    /** A stop that comes before the recording has begun may get lost, so it is repeated. */
    private static final int LOOKS_PER_STOP = 10;

    /** A file gets its header as soon as it is there, unless the disk is full. */
    private static final int LOOKS_FOR_HEADER = 50;

    private final Ari ari;
    private final AwaitedEvents events;
    private final RecordingStates states;
    private final Names names;
    private final Duration timeout;

    /**
     * @param timeout how long each method may take
     */
    NodeRecordings(Ari ari, AwaitedEvents events, RecordingStates states, Names names, Duration timeout) {
        this.ari = ari;
        this.events = events;
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

    /**
     * Records what is said on a channel; ends once it is being recorded.
     *
     * @param arguments kept with the channel that listens
     * @return fails with {@link NoConnectedCallException} if the channel is gone
     */
    Future<Void> start(RecordingId id, String channel, String arguments) {
        Deadline deadline = Deadline.after(timeout);
        String snoop = names.channel(id);
        return events.open(deadline)
                .compose(open -> listen(channel, snoop, arguments, deadline))
                .compose(listening -> record(id, snoop, deadline));
    }

    /** Without a request to record nothing is recorded, whatever becomes of the channel that listens. */
    private Future<Void> listen(String channel, String snoop, String arguments, Deadline deadline) {
        Future<JsonObject> entered = events.next(AwaitedEvents.channel(snoop), deadline);
        return ari.snoop(channel, snoop, names.application(), arguments, deadline)
                .compose(there -> there ? entered : noCall())
                .compose(event -> is(event, "StasisStart") ? Future.<Void>succeededFuture() : noCall())
                .recover(failure ->
                        cleanUp(snoop, deadline).compose(clean -> Future.failedFuture(notRecorded(failure))));
    }

    private static Throwable notRecorded(Throwable failure) {
        if (failure instanceof RecorderUnavailableException e) {
            return new RecorderUnavailableException(e.getMessage(), false, e.getCause());
        }
        return failure instanceof RecorderFailedException e
                ? new RecorderFailedException(e.getMessage(), false, e.getCause())
                : failure;
    }

    private Future<Void> record(RecordingId id, String snoop, Deadline deadline) {
        Future<JsonObject> begun = events.next(AwaitedEvents.recording(id.toString()), deadline);
        return ari.record(snoop, id.toString(), deadline)
                .compose(there -> there ? begun.recover(NodeRecordings::orMaybe) : noCall())
                .compose(event -> {
                    if (is(event, "RecordingFailed")) {
                        String cause = event.getJsonObject("recording").getString("cause");
                        return Future.failedFuture(ari.cantRecord(cause));
                    }
                    return is(event, "RecordingStarted") ? untilWritten(id, LOOKS_FOR_HEADER, deadline) : noCall();
                })
                // Where nothing listens any more nothing is recorded, not even by a request that is still on its way.
                .recover(failure -> ari.hangUp(snoop, deadline)
                        .transform(gone -> Future.failedFuture(gone.succeeded() ? notRecorded(failure) : failure)));
    }

    /** Asterisk says that it records before it has found out whether it can write. */
    private Future<Void> untilWritten(RecordingId id, int looks, Deadline deadline) {
        return ari.written(id.toString(), deadline)
                .compose(bytes -> bytes > 0
                        ? Future.<Void>succeededFuture()
                        : state(id, deadline)
                                .compose(state -> state.isEmpty() || looks <= 1
                                        ? Future.failedFuture(ari.cantRecord("nothing gets into its file"))
                                        : states.later(() -> untilWritten(id, looks - 1, deadline))))
                .recover(NodeRecordings::orMaybe);
    }

    private static <T> Future<T> noCall() {
        return Future.failedFuture(new NoConnectedCallException());
    }

    private static boolean is(JsonObject event, String type) {
        return type.equals(event.getString("type"));
    }

    /** After a request that Asterisk took a failure to learn more leaves the outcome unknown. */
    static <T> Future<T> orMaybe(Throwable failure) {
        return Future.failedFuture(failure instanceof RecorderException e ? e.orEarlier(true) : failure);
    }

    /** What can't be ended now is swept later. */
    private Future<Void> cleanUp(String snoop, Deadline deadline) {
        return ari.hangUp(snoop, deadline).otherwiseEmpty();
    }

    /**
     * Stops a recording; ends once Asterisk no longer records it.
     *
     * @return fails with {@link NoLiveRecordingException} if there is none, also if it was ending already
     */
    Future<Void> stop(RecordingId id) {
        return stop(id, Deadline.after(timeout)).onComplete(over -> {
            if (over.succeeded() || over.cause() instanceof NoLiveRecordingException) {
                // In its own time: the caller needn't wait for it.
                cleanUp(names.channel(id), Deadline.after(timeout));
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
                    : state(id, deadline).compose(settled -> stop(id, deadline));
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
        return state(id, Deadline.after(timeout));
    }

    private Future<Optional<String>> state(RecordingId id, Deadline deadline) {
        return states.until(any -> true, id, 1, deadline);
    }
}
