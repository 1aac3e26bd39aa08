package org.liverecordings.recorder.asterisk.ari;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocketClientOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.recorder.upstream.UpstreamAddress;

@Timeout(60)
class AriEventsTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aWebSocketThatIsClosedAsSoonAsItIsOpenIsNotAskedForInALoop() {
        AtomicInteger opened = new AtomicInteger();
        HttpServer server = vertx.createHttpServer()
                .webSocketHandler(socket -> {
                    opened.incrementAndGet();
                    // Not before the handshake is over, which Vert.x's server can't do.
                    vertx.setTimer(1, soon -> socket.close());
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        AriEvents events = new AriEvents(
                "east",
                vertx,
                new WebSocketClientOptions(),
                UpstreamAddress.of("test", "http://127.0.0.1:" + server.actualPort(), Ari.PATH),
                "Basic",
                "application");
        events.start(() -> {}, event -> {});
        Awaitility.await().until(() -> opened.get() >= 3);

        Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);

        events.close();
        assertTrue(opened.get() <= 12, () -> opened + " times");
    }
}
