package org.liverecordings.recorder.asterisk.ari;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.recorder.RecorderUnavailableException;

/** Who waits for which event of a node. */
public final class AwaitedEvents {

    private final String node;
    private final Vertx vertx;
    private final Map<String, Promise<JsonObject>> awaited = new ConcurrentHashMap<>();
    private volatile long cameAt = System.nanoTime();
    private volatile Promise<Void> open = Promise.promise();

    AwaitedEvents(String node, Vertx vertx) {
        this.node = node;
        this.vertx = vertx;
    }

    /** What an event is about: a recording by its name, or where a channel is by its id; null if nobody waits for such events. */
    private static String about(JsonObject event) {
        String type = event.getString("type", "");
        if (type.startsWith("Recording")) {
            return recording(event.getJsonObject("recording").getString("name"));
        }
        if (!type.startsWith("Stasis") && !type.equals("ChannelDestroyed")) {
            return null;
        }
        String id = event.getJsonObject("channel").getString("id");
        return type.equals("StasisStart") ? arrival(id) : end(id);
    }

    /** What events of a recording are about. */
    public static String recording(String name) {
        return "recording " + name;
    }

    /** That a channel entered its application. */
    public static String arrival(String channel) {
        return "arrival of " + channel;
    }

    /** That a channel left its application, or is gone. */
    public static String end(String channel) {
        return "end of " + channel;
    }

    /** Events come from now on. */
    void opened() {
        open.tryComplete();
    }

    /** Events come no more; whoever waits for one fails. */
    void lost(String why) {
        open = Promise.promise();
        awaited.values().forEach(event -> event.tryFail(unavailable("WebSocket for events " + why)));
    }

    /**
     * Whether any event has come since then.
     *
     * @param nanoTime of {@link System#nanoTime}
     */
    public boolean hasComeSince(long nanoTime) {
        return cameAt - nanoTime >= 0;
    }

    void came(JsonObject event) {
        cameAt = System.nanoTime();
        String about = about(event);
        Promise<JsonObject> awaiting = about == null ? null : awaited.get(about);
        if (awaiting != null) {
            awaiting.tryComplete(event);
        }
    }

    boolean isOpen() {
        return open.future().isComplete();
    }

    /** Ends once events come, or fails when the time is over. */
    public Future<Void> open(Deadline deadline) {
        Promise<Void> within = here();
        open.future().onComplete(opened -> within.tryComplete());
        return orLate(within, deadline);
    }

    /**
     * The next event about something; to be asked for before what brings it about. It fails when the time is over, or the WebSocket
     * is lost.
     *
     * @param about {@link #recording}, {@link #arrival} or {@link #end}
     */
    public Future<JsonObject> next(String about, Deadline deadline) {
        Promise<JsonObject> event = here();
        awaited.put(about, event);
        return orLate(event, deadline).onComplete(over -> awaited.remove(about, event));
    }

    /** Whichever of two events comes first. */
    public static Future<JsonObject> first(Future<JsonObject> one, Future<JsonObject> other) {
        Promise<JsonObject> first = Promise.promise();
        Stream.of(one, other)
                .forEach(event -> event.onSuccess(first::tryComplete).onFailure(first::tryFail));
        return first.future();
    }

    /** Whoever awaits an event goes on where it was, not where the event came. */
    private <T> Promise<T> here() {
        return ((VertxInternal) vertx).getOrCreateContext().promise();
    }

    private <T> Future<T> orLate(Promise<T> event, Deadline deadline) {
        long timer = vertx.setTimer(
                Math.max(1, deadline.left().toMillis()),
                late -> event.tryFail(unavailable(isOpen() ? "no event in time" : "no WebSocket for events")));
        return event.future().onComplete(over -> vertx.cancelTimer(timer));
    }

    private RecorderUnavailableException unavailable(String message) {
        return new RecorderUnavailableException("Asterisk " + node + ": " + message, false, null);
    }
}
