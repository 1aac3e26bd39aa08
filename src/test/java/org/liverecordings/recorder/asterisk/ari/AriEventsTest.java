package org.liverecordings.recorder.asterisk.ari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClientOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.recorder.upstream.UpstreamAddress;
import org.liverecordings.support.LogLines;

@Timeout(60)
class AriEventsTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aWebSocketThatIsClosedAsSoonAsItIsOpenIsNotAskedForInALoop() throws IOException {
        AtomicInteger opened = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            Thread closing = new Thread(() -> openAndClose(server, opened));
            closing.setDaemon(true);
            closing.start();
            AriEvents events = events(server);
            events.start(() -> {}, event -> {});
            Awaitility.await().until(() -> opened.get() >= 3);

            Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);

            events.close();
        }
        assertTrue(opened.get() <= 12, () -> opened + " times");
    }

    @Test
    void anEventThatMakesNoSenseForgesNoLineOfTheLog() throws IOException {
        String text = "x\n2026-01-01 INFO stop user=root outcome=done";
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
                LogLines log = LogLines.listen()) {
            Thread telling = new Thread(() -> openAndTell(server, text));
            telling.setDaemon(true);
            telling.start();
            AriEvents events = events(server);

            events.start(() -> {}, event -> {});

            String begin = "Asterisk east sent an event that makes no sense: ";
            Awaitility.await().until(() -> !log.with(begin).isEmpty());
            events.close();
            String line = log.with(begin).get(0);
            assertTrue(line.matches(begin + "\"[^\n\r]*\""), line);
        }
    }

    @Test
    void aWebSocketWhoseApplicationAnotherOneTakesIsGivenUpAndOpenedAnew() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (ScriptedAri asterisk = new ScriptedAri(request -> "404")) {
            AriEvents events = events(asterisk.uri());
            events.start(() -> {}, event -> heard.add(event.getString("type")));
            Awaitility.await().until(events::isOpen);

            asterisk.tell("{\"type\":\"ApplicationReplaced\",\"application\":\"application\"}");

            Awaitility.await().until(() -> asterisk.opened() == 2 && events.isOpen());
            asterisk.tell("{\"type\":\"ChannelVarset\"}");
            Awaitility.await().until(() -> !heard.isEmpty());
            assertEquals(List.of("ChannelVarset"), heard);
            events.close();
        }
    }

    private AriEvents events(ServerSocket server) {
        return events("http://127.0.0.1:" + server.getLocalPort());
    }

    private AriEvents events(String address) {
        return new AriEvents(
                "east",
                vertx,
                new WebSocketClientOptions(),
                UpstreamAddress.of("test", address, Ari.PATH),
                "Basic",
                "application");
    }

    private static void openAndTell(ServerSocket server, String text) {
        try (Socket socket = server.accept()) {
            open(socket);
            WebSocketPeer.tell(socket.getOutputStream(), text);
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void openAndClose(ServerSocket server, AtomicInteger opened) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                open(socket);
                opened.incrementAndGet();
            } catch (IOException e) {
                // The test is over, or the client has gone.
            }
        }
    }

    private static void open(Socket socket) throws IOException {
        BufferedReader request =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String key = "";
        for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
            if (line.regionMatches(true, 0, "sec-websocket-key:", 0, 18)) {
                key = line.substring(18).strip();
            }
        }
        WebSocketPeer.accept(socket.getOutputStream(), key);
    }
}
