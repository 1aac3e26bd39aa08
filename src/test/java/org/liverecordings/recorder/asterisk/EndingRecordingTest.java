package org.liverecordings.recorder.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recorder.asterisk.ari.Ari;
import org.liverecordings.recorder.asterisk.ari.RecordingStates;
import org.liverecordings.recorder.upstream.UpstreamAddress;
import org.liverecordings.recorder.upstream.UpstreamClient;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;

/**
 * A recording that ends is for a moment still there, as {@code done}: Asterisk itself is too quick for a test to find it so. Each state
 * that stands here is what Asterisk's next answer goes by; the last one stays.
 */
@Timeout(60)
class EndingRecordingTest {

    private static final String GONE = "gone";

    private final RecordingId id = new RecordingId(UUID.randomUUID());
    private final Queue<String> states = new ArrayDeque<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;
    private Ari ari;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
        server.createContext("/ari/recordings/live/" + id, this::answer);
        server.createContext("/ari/channels", exchange -> respond(exchange, 204, ""));
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        ari = new Ari(
                "east",
                new UpstreamClient(
                        vertx,
                        new HttpClientOptions(),
                        UpstreamAddress.of("test", address, Ari.PATH),
                        "user",
                        "password",
                        1000));
    }

    @AfterEach
    void end() {
        server.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String state = states.size() > 1 ? states.remove() : states.element();
        asked.add(exchange.getRequestMethod() + ' ' + state);
        if (state.equals(GONE)) {
            respond(exchange, 404, "{\"message\":\"Recording not found\"}");
        } else if (exchange.getRequestMethod().equals("GET")) {
            respond(exchange, 200, "{\"name\":\"" + id + "\",\"state\":\"" + state + "\"}");
        } else if (List.of("queued", "recording", "paused").contains(state)) {
            respond(exchange, 204, "");
        } else {
            respond(exchange, 409, "{\"message\":\"Recording not in session\"}");
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
            exchange.getResponseBody().write(body.getBytes());
        }
    }

    private NodeRecordings recordings(Duration timeout) {
        return new NodeRecordings(ari, new RecordingStates(vertx, ari), new Names("test", "one"), timeout);
    }

    private NodeRecordings recordings() {
        return recordings(Duration.ofSeconds(30));
    }

    private static <T> T outcome(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private static Throwable failure(Future<?> future) {
        return future.toCompletionStage()
                .handle((value, failure) -> failure instanceof CompletionException e ? e.getCause() : failure)
                .toCompletableFuture()
                .join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"done", "failed", "canceled"})
    void aRecordingThatIsEndingIsLookedAtAgain(String ending) {
        states.addAll(List.of(ending, ending, GONE));

        Optional<String> state = outcome(recordings().state(id));

        assertEquals(Optional.empty(), state);
        assertEquals(List.of("GET " + ending, "GET " + ending, "GET gone"), asked);
    }

    @Test
    void aStopThatAsteriskForgotLeavesItRecording() {
        states.addAll(List.of("canceled", "recording"));

        Optional<String> state = outcome(recordings().state(id));

        assertEquals(Optional.of("recording"), state);
    }

    @Test
    void aStopEndsOnceTheRecordingIsGone() {
        states.addAll(List.of("recording", "done", "done", GONE));

        outcome(recordings().stop(id));

        assertEquals(List.of("POST recording", "GET done", "GET done", "GET gone"), asked);
    }

    @Test
    void aStopOfARecordingThatWasEndingAlreadyHasStoppedNothing() {
        states.addAll(List.of("done", "done", GONE));

        Throwable failure = failure(recordings().stop(id));

        assertInstanceOf(NoLiveRecordingException.class, failure);
        assertEquals(List.of("POST done", "GET done", "GET gone", "POST gone"), asked);
    }

    @Test
    void aStopAfterOneThatAsteriskForgotStopsIt() {
        states.addAll(List.of("canceled", "canceled", "recording", "recording", "done", GONE));

        outcome(recordings().stop(id));

        assertEquals(
                List.of("POST canceled", "GET canceled", "GET recording", "POST recording", "GET done", "GET gone"),
                asked);
    }

    @Test
    void whatNeverEndsIsUnknownOnceTheTimeIsOver() {
        states.addAll(List.of("recording", "done"));

        Throwable failure = failure(recordings(Duration.ofMillis(200)).stop(id));

        assertEquals(
                true,
                assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
    }

    @Test
    void anEndThatNeverComesIsNoEndOfThisStop() {
        states.add("done");

        Throwable failure = failure(recordings(Duration.ofMillis(200)).stop(id));

        assertEquals(
                false,
                assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
    }
}
