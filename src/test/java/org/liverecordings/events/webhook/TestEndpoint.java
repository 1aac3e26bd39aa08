package org.liverecordings.events.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.liverecordings.support.TestCertificate;

/** A receiver of webhooks, on 127.0.0.1. It remembers all that it received. */
public final class TestEndpoint implements AutoCloseable {

    /** A request that came. */
    public record Received(String path, Headers headers, String body) {

        /** The first of a header. */
        public String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** What to answer. */
    @FunctionalInterface
    public interface Answering {

        void answer(HttpExchange exchange, Received received) throws IOException;
    }

    /** What its events are signed with, as Base64. */
    public static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Answering answering = (exchange, request) -> exchange.sendResponseHeaders(204, -1);

    /** It answers 204. */
    public TestEndpoint() {
        this(null);
    }

    /**
     * The same over TLS.
     *
     * @param certificate null for plain http
     */
    public TestEndpoint(TestCertificate certificate) {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            if (certificate == null) {
                server = HttpServer.create(anyPort, 0);
            } else {
                HttpsServer secure = HttpsServer.create(anyPort, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                Received request =
                        new Received(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body);
                received.add(request);
                answering.answer(exchange, request);
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    /**
     * The settings of a webhook on this machine.
     *
     * @param name as environment variables have it: in capital letters
     * @param url where it listens, or would
     */
    public static Map<String, String> settings(String name, String url) {
        String prefix = "LIVE_RECORDINGS_WEBHOOKS_" + name + "_";
        return Map.of(
                prefix + "URL",
                url,
                prefix + "SECRET",
                "whsec_" + SECRET,
                prefix + "ALLOW_HTTP",
                "true",
                prefix + "ALLOW_PRIVATE_ADDRESSES",
                "true");
    }

    /** From now on it answers so. */
    public TestEndpoint answers(Answering how) {
        answering = how;
        return this;
    }

    /** From now on it answers with this status. */
    public TestEndpoint answers(int status) {
        return answers((exchange, request) -> exchange.sendResponseHeaders(status, -1));
    }

    /** All that came, in its order. */
    public List<Received> received() {
        return received;
    }

    /** The ids of all that came. */
    public List<String> ids() {
        return received.stream().map(request -> request.header("webhook-id")).toList();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
