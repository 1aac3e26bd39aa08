package org.liverecordings.recorder.asterisk.ari;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import org.liverecordings.recorder.upstream.UpstreamAddress;

/** Opens WebSockets for the events of one application of a node. */
final class AriConnector {

    private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    private final Vertx vertx;
    private final Duration timeout;
    private final WebSocketClient client;
    private final WebSocketConnectOptions endpoint;

    /**
     * @param options with what is needed for TLS
     * @param timeout how long an attempt may take
     */
    AriConnector(
            Vertx vertx,
            WebSocketClientOptions options,
            UpstreamAddress address,
            String authorization,
            String application,
            Duration timeout) {
        this.vertx = vertx;
        this.timeout = timeout;
        this.client = vertx.createWebSocketClient(
                options.setSsl(address.tls()).setMaxFrameSize(MAX_MESSAGE_BYTES).setMaxMessageSize(MAX_MESSAGE_BYTES));
        this.endpoint = new WebSocketConnectOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setSsl(address.tls())
                .setTimeout(timeout.toMillis())
                .setURI(address.path() + Ari.PATH + "/events?app=" + UpstreamAddress.encode(application))
                .putHeader(HttpHeaders.AUTHORIZATION.toString(), authorization);
    }

    /** Tries once. An attempt that took too long is closed as soon as it succeeds, but may take the application over before that. */
    Future<WebSocket> connect() {
        Promise<WebSocket> attempt = Promise.promise();
        // A node that is frozen takes the connection and answers nothing.
        long timer = vertx.setTimer(timeout.toMillis(), late -> attempt.tryFail("no answer within " + timeout));
        client.connect(endpoint).onFailure(attempt::tryFail).onSuccess(opened -> {
            if (!attempt.tryComplete(opened)) {
                opened.close();
            }
        });
        return attempt.future().onComplete(over -> vertx.cancelTimer(timer));
    }

    void close() {
        client.close();
    }
}
