package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/** An identity provider with a discovery document, keys that change, and moods. */
public final class FakeIssuer implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, KeyPair> keys = new LinkedHashMap<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final String scheme;
    private final HttpServer server;
    private volatile String jwks = "{\"keys\":[]}";
    private volatile String discovery;
    private volatile String fetched;
    private volatile int status = 200;
    private volatile boolean hanging;

    private FakeIssuer(int port, TestCertificate certificate) {
        scheme = certificate == null ? "http" : "https";
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
            server = certificate == null ? HttpServer.create(address, 1000) : HttpsServer.create(address, 1000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (server instanceof HttpsServer https) {
            https.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
        }
        discovery = "{\"issuer\":\"" + name() + "\",\"jwks_uri\":\"" + jwksUri() + "\"}";
        server.setExecutor(threads);
        server.createContext("/realm/.well-known/openid-configuration", exchange -> answer(exchange, discovery));
        server.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            fetched = exchange.getRequestURI().toString();
            answer(exchange, jwks);
        });
        server.start();
    }

    /** One that listens on a free port. */
    public static FakeIssuer start() {
        return new FakeIssuer(0, null);
    }

    /** One that listens on this port. */
    public static FakeIssuer start(int port) {
        return new FakeIssuer(port, null);
    }

    /** One that speaks TLS and shows this certificate. */
    public static FakeIssuer start(TestCertificate certificate) {
        return new FakeIssuer(0, certificate);
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            if (hanging) {
                closed.await();
                return;
            }
            if (status / 100 == 3) {
                exchange.getResponseHeaders().set("Location", jwksUri());
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What its tokens name as their issuer. */
    public String name() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/realm";
    }

    /** Where its keys are. */
    public String jwksUri() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }

    /** Publishes a key beside those that are published. */
    public synchronized FakeIssuer publish(String kid, KeyPair key) {
        keys.put(kid, key);
        return republish();
    }

    /** Publishes a key no more. */
    public synchronized FakeIssuer withdraw(String kid) {
        keys.remove(kid);
        return republish();
    }

    private FakeIssuer republish() {
        jwks = "{\"keys\":["
                + String.join(
                        ",",
                        keys.entrySet().stream()
                                .map(key -> jwk(key.getKey(), key.getValue()))
                                .toList())
                + "]}";
        return this;
    }

    /** A public key as a JWK. */
    public static String jwk(String kid, KeyPair key) {
        RSAPublicKey rsa = (RSAPublicKey) key.getPublic();
        return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"" + kid + "\",\"n\":\""
                + base64(rsa.getModulus()) + "\",\"e\":\"" + base64(rsa.getPublicExponent()) + "\"}";
    }

    private static String base64(BigInteger number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(number.toByteArray());
    }

    /** Has it answer that as its JWKS. */
    public void answerJwks(String text) {
        jwks = text;
    }

    /** Has it answer that as its discovery document. */
    public void answerDiscovery(String text) {
        discovery = text;
    }

    /** Has it answer everything with this status. */
    public void answerStatus(int code) {
        status = code;
    }

    /** From now on it takes requests and answers none. */
    public void hang() {
        hanging = true;
    }

    /** Path and query by which its keys were fetched last; null if they never were. */
    public String fetched() {
        return fetched;
    }

    /** How often its keys were asked for. */
    public int fetches() {
        return fetches.get();
    }

    /** A token of level 10 of this issuer that lasts ten minutes. */
    public String token(String kid, KeyPair key) {
        return token(name(), kid, key, 600);
    }

    /**
     * A token of level 10.
     *
     * @param seconds for which it lasts
     */
    public static String token(String issuer, String kid, KeyPair key, long seconds) {
        long now = Instant.now().getEpochSecond();
        return TestTokens.rs256(
                key,
                "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}",
                "{\"iss\":\"" + issuer + "\",\"upn\":\"alice\",\"groups\":[\"call-recording-lv10\"],\"iat\":"
                        + (now - 60) + ",\"exp\":" + (now + seconds) + "}");
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
