package org.liverecordings.replicas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import org.awaitility.Awaitility;

/** Takes spans by OTLP over HTTP, on 127.0.0.1, and keeps them. */
final class SpanCollector implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ResourceSpans> taken = new CopyOnWriteArrayList<>();
    private final Set<String> credentials = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch open = new CountDownLatch(0);

    SpanCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.setExecutor(threads);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            open.await();
            credentials.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
            taken.addAll(ExportTraceServiceRequest.parseFrom(body).getResourceSpansList());
            byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a service is told of it. */
    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on it takes connections and requests, but answers none. */
    void hang() {
        open = new CountDownLatch(1);
    }

    /** After {@link #hang}: answers everything. */
    void answer() {
        open.countDown();
    }

    /** The headers {@code Authorization} that have come so far. */
    Set<String> credentials() {
        return credentials;
    }

    /** All spans that have come so far. */
    List<Span> spans() {
        return taken.stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** Those of one trace. */
    List<Span> spans(String traceId) {
        return spans().stream()
                .filter(span -> hex(span.getTraceId()).equals(traceId))
                .toList();
    }

    /** All that has come so far, to be searched. */
    String text() {
        return taken.stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    /** Waits for the request's span, which ends last but for what becomes of it, and for another one. */
    List<Span> await(String traceId, Predicate<Span> other) {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> spans(traceId).stream().anyMatch(span -> span.getKind() == SpanKind.SPAN_KIND_SERVER)
                        && spans(traceId).stream().anyMatch(other));
        return spans(traceId);
    }

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    /** One of a span's attributes; empty if it doesn't have it. */
    static String attribute(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        answer();
        server.stop(0);
        threads.shutdownNow();
    }
}
