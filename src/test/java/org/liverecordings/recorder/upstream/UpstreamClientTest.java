package org.liverecordings.recorder.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.recorder.upstream.UpstreamClient.Answer;

@Timeout(60)
class UpstreamClientTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger requests = new AtomicInteger();
    private ServerSocket server;
    private UpstreamClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        Thread accepting = new Thread(this::accept);
        accepting.setDaemon(true);
        accepting.start();
        client = new UpstreamClient(
                vertx,
                new HttpClientOptions().setMaxPoolSize(1),
                UpstreamAddress.of("test", "http://127.0.0.1:" + server.getLocalPort(), "/api"),
                "user",
                "password",
                1000);
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread serving = new Thread(() -> serve(socket));
                serving.setDaemon(true);
                serving.start();
            }
        } catch (IOException e) {
            // It is over.
        }
    }

    /** Announces nothing of a file, and sends something of it a moment later. */
    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            String request;
            while ((request = in.readLine()) != null) {
                while (!in.readLine().isEmpty()) {
                    // The headers don't matter.
                }
                requests.incrementAndGet();
                boolean isFile = request.contains("/file");
                write(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + (isFile ? "0\r\n\r\n" : "2\r\n\r\n{}"));
                if (isFile) {
                    Thread.sleep(20);
                    write(socket, "RIFF    WAVEfmt \r\n\r\n");
                }
            }
        } catch (IOException e) {
            // The client is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Test
    void whatComesBeyondAnAnswersLengthIsNoAnswerToTheNextRequest() {
        for (int i = 0; i < 20; i++) {
            Answer file =
                    client.readLast("/file", TIMEOUT).toCompletableFuture().join();
            Answer other = client.send(HttpMethod.GET, "/other", null, TIMEOUT)
                    .toCompletableFuture()
                    .join();
            assertEquals(List.of(200, 200), List.of(file.status(), other.status()));
            assertEquals(
                    List.of("", "{}"),
                    List.of(file.body().toString(), other.body().toString()));
        }
    }

    @Test
    void aRequestThatHasLessThanAMillisecondLeftIsNotSent() {
        client.send(HttpMethod.GET, "/warm", null, TIMEOUT)
                .toCompletableFuture()
                .join();

        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> client.send(HttpMethod.DELETE, "/late", null, Duration.ofNanos(999_999))
                        .toCompletableFuture()
                        .join());

        assertInstanceOf(NotSentException.class, failure.getCause());
        client.send(HttpMethod.GET, "/other", null, TIMEOUT)
                .toCompletableFuture()
                .join();
        assertEquals(2, requests.get());
    }
}
