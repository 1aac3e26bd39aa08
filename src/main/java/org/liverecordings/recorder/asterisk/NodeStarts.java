package org.liverecordings.recorder.asterisk;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.liverecordings.recorder.asterisk.ari.Ari;
import org.liverecordings.recorder.asterisk.ari.AriEvents;
import org.liverecordings.recorder.asterisk.ari.AwaitedEvents;
import org.liverecordings.recorder.asterisk.ari.Channel;
import org.liverecordings.recorder.asterisk.ari.ChannelEnd;
import org.liverecordings.recorder.asterisk.ari.RecordingStates;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;

/**
 * Starts recordings on one node, each step confirmed before the next. What Asterisk answers to a request is only that it will see to it:
 * events and states tell that it did.
 *
 * <p>A call that isn't in a Stasis application can't be recorded, so a channel of ours listens to it and is recorded. Its id follows
 * from the recording's, so that every replica knows it.
 */
final class NodeStarts {

    /** A file gets its header as soon as it is there, unless the disk is full. */
    private static final int LOOKS_FOR_HEADER = 50;

    /** For so long Asterisk must have told nothing at all before its events are given up: it may only be slow. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Ari ari;
    private final AriEvents events;
    private final RecordingStates states;
    private final Names names;
    private final Duration timeout;

    /** A start may take as long as the timeout. */
    NodeStarts(Ari ari, AriEvents events, RecordingStates states, Names names, Duration timeout) {
        this.ari = ari;
        this.events = events;
        this.states = states;
        this.names = names;
        this.timeout = timeout;
    }

    /**
     * Records what is said on a channel; ends once it is being recorded. Returns at once and never throws.
     *
     * @param arguments kept with the channel that listens
     * @return fails with {@link NoConnectedCallException} if the channel is gone
     */
    Future<Void> start(RecordingId id, String channel, String arguments) {
        Deadline deadline = Deadline.after(timeout);
        return events.awaited().open(deadline).compose(open -> start(id, channel, arguments, true, deadline));
    }

    private Future<Void> start(RecordingId id, String channel, String arguments, boolean isFirst, Deadline deadline) {
        String snoop = names.channel(id);
        ChannelEnd over = new ChannelEnd(ari, events.awaited(), snoop, deadline);
        return listen(channel, snoop, arguments, over, deadline).compose(listens -> {
            if (listens) {
                return record(id, snoop, over, deadline);
            }
            return ari.channel(channel, deadline).compose(call -> {
                if (call.filter(Channel::up).isEmpty()) {
                    return noCall();
                }
                return isFirst
                        ? startAgain(id, channel, arguments, deadline)
                        : Future.failedFuture(new RecorderFailedException("Asterisk can't listen", false, null));
            });
        });
    }

    /**
     * Without a request to record nothing is recorded, whatever becomes of the channel that listens. If it can't be ended now it is later.
     *
     * @return false if Asterisk can't listen to a call that was there, and doesn't say why
     */
    private Future<Boolean> listen(String channel, String snoop, String arguments, ChannelEnd over, Deadline deadline) {
        Future<JsonObject> arrived = events.awaited().next(AwaitedEvents.arrival(snoop), deadline);
        return ari.snoop(channel, snoop, names.application(), arguments, deadline)
                .compose(made -> {
                    if (made.isEmpty()) {
                        return noCall();
                    }
                    return made.get() ? untilArrived(arrived, over) : Future.succeededFuture(false);
                })
                .recover(failure -> ari.hangUp(snoop, deadline)
                        .otherwiseEmpty()
                        .compose(clean -> Future.failedFuture(notRecorded(failure))));
    }

    private Future<Boolean> untilArrived(Future<JsonObject> arrived, ChannelEnd over) {
        long asked = System.nanoTime();
        return over.or(arrived)
                .onFailure(late -> {
                    // Asterisk may have taken our application from us: its channels end at once, and nobody is told.
                    if (System.nanoTime() - asked > SILENCE.toNanos()
                            && !events.awaited().hasComeSince(asked)) {
                        events.reconnect();
                    }
                })
                .compose(event -> is(event, "StasisStart") ? Future.succeededFuture(true) : noCall());
    }

    /** The channel of an earlier try of the same start may be in the way. It may have come to record after all. */
    private Future<Void> startAgain(RecordingId id, String channel, String arguments, Deadline deadline) {
        String snoop = names.channel(id);
        return states.now(id, deadline)
                .compose(state -> state.filter(any -> !any.equals("queued")).isPresent()
                        ? untilWritten(id, LOOKS_FOR_HEADER, deadline)
                        : ari.hangUp(snoop, deadline)
                                .otherwiseEmpty()
                                .compose(clean -> untilGone(snoop, deadline))
                                .compose(gone -> start(id, channel, arguments, false, deadline)));
    }

    private Future<Void> untilGone(String channel, Deadline deadline) {
        return ari.channel(channel, deadline)
                .compose(there ->
                        there.isEmpty() ? Future.succeededFuture() : states.later(() -> untilGone(channel, deadline)));
    }

    private Future<Void> record(RecordingId id, String snoop, ChannelEnd over, Deadline deadline) {
        Future<JsonObject> begun = events.awaited().next(AwaitedEvents.recording(id.toString()), deadline);
        return ari.record(snoop, id.toString(), deadline)
                .compose(there -> there ? over.or(begun).recover(NodeRecordings::orMaybe) : noCall())
                .compose(event -> {
                    if (is(event, "RecordingFailed")) {
                        String cause = event.getJsonObject("recording").getString("cause");
                        return Future.failedFuture(ari.cantRecord(cause));
                    }
                    return is(event, "RecordingStarted") ? untilWritten(id, LOOKS_FOR_HEADER, deadline) : noCall();
                })
                // Where nothing listens any more nothing is recorded, not even by a request that is still on its way.
                .recover(failure -> ari.hangUp(snoop, deadline)
                        .transform(gone -> Future.failedFuture(
                                gone.succeeded() ? notRecorded(failure) : orUndone(failure, gone.cause()))));
    }

    /** A request to hang up that wasn't answered may still end what is found to be recording now. */
    private static Throwable orUndone(Throwable failure, Throwable trouble) {
        return isUnknown(failure) && isUnknown(trouble)
                ? RecorderUnavailableException.beingUndone(failure.getMessage(), failure)
                : failure;
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof RecorderException e && e.mayHaveArrived();
    }

    /** Asterisk says that it records before it has found out whether it can write. */
    private Future<Void> untilWritten(RecordingId id, int looks, Deadline deadline) {
        return isWritten(id, deadline)
                .compose(written -> written
                        ? Future.<Void>succeededFuture()
                        : states.now(id, deadline)
                                .compose(state -> state.isEmpty() || looks <= 1
                                        ? Future.failedFuture(ari.cantRecord("nothing gets into its file"))
                                        : states.later(() -> untilWritten(id, looks - 1, deadline))))
                .recover(NodeRecordings::orMaybe);
    }

    /** Where there are many files Asterisk takes long to find one. Then it counts that the recording goes on. */
    private Future<Boolean> isWritten(RecordingId id, Deadline deadline) {
        return ari.written(id.toString(), Deadline.after(deadline.left().dividedBy(2)))
                .map(bytes -> bytes > 0)
                .recover(failure -> failure instanceof RecorderUnavailableException
                        ? states.now(id, deadline)
                                .map(state -> state.filter("recording"::equals).isPresent())
                        : Future.failedFuture(failure));
    }

    private static Throwable notRecorded(Throwable failure) {
        if (failure instanceof RecorderUnavailableException e) {
            return new RecorderUnavailableException(e.getMessage(), false, e.getCause());
        }
        return failure instanceof RecorderFailedException e
                ? new RecorderFailedException(e.getMessage(), false, e.getCause())
                : failure;
    }

    private static <T> Future<T> noCall() {
        return Future.failedFuture(new NoConnectedCallException());
    }

    private static boolean is(JsonObject event, String type) {
        return type.equals(event.getString("type"));
    }
}
