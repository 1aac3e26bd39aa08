package org.liverecordings.recorder.asterisk.ari;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.liverecordings.recording.Deadline;

/**
 * That a channel left its application, or is gone. To be made before the channel is. An earlier one may have had the same id, and its end
 * may be told late: an end counts if Asterisk knows no such channel then.
 */
public final class ChannelEnd {

    private final Ari ari;
    private final AwaitedEvents events;
    private final String channel;
    private final Deadline deadline;
    private Future<JsonObject> next;

    /**
     * @param channel its id
     * @param deadline how long it matters
     */
    public ChannelEnd(Ari ari, AwaitedEvents events, String channel, Deadline deadline) {
        this.ari = ari;
        this.events = events;
        this.channel = channel;
        this.deadline = deadline;
        this.next = events.next(AwaitedEvents.end(channel), deadline);
    }

    /** The event that is awaited, or the end if that comes first. For one at a time. */
    public Future<JsonObject> or(Future<JsonObject> awaited) {
        Future<JsonObject> end = next;
        return AwaitedEvents.first(awaited, end).compose(event -> {
            if (event != end.result()) {
                return Future.succeededFuture(event);
            }
            next = events.next(AwaitedEvents.end(channel), deadline);
            return ari.channel(channel, deadline)
                    .compose(there -> there.isPresent() ? or(awaited) : Future.succeededFuture(event));
        });
    }
}
