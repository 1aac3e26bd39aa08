package org.liverecordings.recorder.asterisk.ari;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;
import org.liverecordings.recorder.upstream.UpstreamAddress;
import org.liverecordings.text.LogText;

/**
 * The WebSocket on which a node tells our Stasis application what happens. It connects again whenever it was lost; what happened in
 * between isn't told. All of it runs on one thread of Vert.x.
 */
public final class AriEvents {

    private static final Logger LOG = Logger.getLogger(AriEvents.class);

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LAST_RETRY = Duration.ofSeconds(1);

    private static final Duration PING = Duration.ofSeconds(5);

    /** A node that answers none of so many pings is gone, whatever TCP believes. One may be late because we were. */
    private static final int PINGS = 2;

    /**
     * Another WebSocket of our application takes the place of this one, which stays open and hears nothing more. It is an earlier attempt
     * of ours that Asterisk comes to late.
     */
    private static final String REPLACED = "ApplicationReplaced";

    private final String node;
    private final Vertx vertx;
    private final Context context;
    private final AriConnector connector;
    private final AwaitedEvents awaited;
    private Runnable connected;
    private Consumer<JsonObject> listener;
    private WebSocket socket;
    private int unanswered;
    private Duration retry = FIRST_RETRY;
    private boolean troubled;
    private boolean closed;

    /**
     * @param options with what is needed for TLS
     * @param address the node's
     * @param application no other process may have one of this name: the later one takes the other's WebSocket away
     */
    public AriEvents(
            String node,
            Vertx vertx,
            WebSocketClientOptions options,
            UpstreamAddress address,
            String authorization,
            String application) {
        this.node = node;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.connector = new AriConnector(vertx, options, address, authorization, application, PING);
        this.awaited = new AwaitedEvents(node, vertx);
    }

    /**
     * Connects, and stays connected.
     *
     * @param each called each time that the WebSocket is open; must not block
     * @param eventListener hears of every event; must not block
     */
    public void start(Runnable each, Consumer<JsonObject> eventListener) {
        context.runOnContext(go -> {
            connected = each;
            listener = eventListener;
            connect();
        });
    }

    /** From then on it stays closed. */
    public void close() {
        context.runOnContext(go -> {
            closed = true;
            socket = null;
            connector.close();
        });
    }

    /** Connects anew if no events come, although the WebSocket is open. Returns at once; if it was lost anyway, this changes nothing. */
    public void reconnect() {
        context.runOnContext(go -> {
            if (socket != null) {
                drop(socket, "deaf");
            }
        });
    }

    /** Whether events can come now. */
    public boolean isOpen() {
        return awaited.isOpen();
    }

    /** For whoever waits for an event. */
    public AwaitedEvents awaited() {
        return awaited;
    }

    private void connect() {
        if (closed) {
            return;
        }
        connector.connect().onSuccess(this::connected).onFailure(this::retry);
    }

    private void connected(WebSocket opened) {
        socket = opened;
        unanswered = 0;
        opened.textMessageHandler(text -> receive(opened, text));
        opened.pongHandler(pong -> {
            unanswered = 0;
            retry = FIRST_RETRY;
        });
        opened.exceptionHandler(failure -> LOG.debugf(failure, "Asterisk %s events", node));
        opened.closeHandler(closed -> lost(opened, "closed"));
        vertx.setPeriodic(PING.toMillis(), timer -> ping(opened, timer));
        LOG.infof("Asterisk %s events=connected", node);
        troubled = false;
        awaited.opened();
        connected.run();
    }

    private void ping(WebSocket opened, long timer) {
        if (opened != socket) {
            vertx.cancelTimer(timer);
        } else if (unanswered >= PINGS) {
            drop(opened, "silent");
        } else {
            unanswered++;
            opened.writePing(Buffer.buffer("?"));
        }
    }

    private void drop(WebSocket dropped, String why) {
        lost(dropped, why);
        dropped.close();
    }

    private void lost(WebSocket closed, String why) {
        if (closed == socket) {
            socket = null;
            LOG.warnf("Asterisk %s events=lost cause=%s", node, why);
            awaited.lost(why);
            connectLater();
        }
    }

    private void retry(Throwable failure) {
        if (!troubled && !closed) {
            troubled = true;
            LOG.warnf(
                    "Asterisk %s events=unconnected cause=%s%s",
                    node, LogText.quoteMessage(failure), AriRequests.advice(node, failure));
        }
        connectLater();
    }

    /** Later each time, until a connection has lasted: one that is closed as soon as it is open is no better than none. */
    private void connectLater() {
        long delay = retry.toMillis() + ThreadLocalRandom.current().nextLong(FIRST_RETRY.toMillis());
        retry = retry.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : retry.multipliedBy(2);
        vertx.setTimer(delay, timer -> connect());
    }

    private void receive(WebSocket from, String text) {
        if (from != socket) {
            return;
        }
        unanswered = 0;
        try {
            JsonObject event = new JsonObject(text);
            if (REPLACED.equals(event.getString("type"))) {
                drop(from, "replaced");
                return;
            }
            awaited.came(event);
            listener.accept(event);
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            LOG.warnf("Asterisk %s sent an event that makes no sense: %s", node, LogText.quoteMessage(e));
        }
    }
}
