package org.liverecordings.events.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import org.liverecordings.events.CloudEvent;
import org.liverecordings.text.TraceContext;

/** Sends events to one endpoint, one at a time. What it answers beyond its status is of no use, and is read no further than it must. */
final class WebhookClient {

    private static final int REDIRECTS = 3;
    private static final int KEEP_ALIVE_SECONDS = 10;

    private final Vertx vertx;
    private final HttpClient http;
    private final WebhookTarget target;
    private final HostAddresses hosts;
    private final Signatures signatures;
    private final boolean allowRedirects;
    private final Duration timeout;
    private final InstantSource clock;

    /**
     * @param options with what is needed for TLS
     * @param hosts of this endpoint only
     * @param timeout from the look-up of the host to the end of the answer, redirects included
     */
    WebhookClient(
            Vertx vertx,
            HttpClientOptions options,
            WebhookTarget target,
            HostAddresses hosts,
            Signatures signatures,
            boolean allowRedirects,
            Duration timeout,
            InstantSource clock) {
        this.vertx = vertx;
        this.http = vertx.createHttpClient(options.setMaxPoolSize(1)
                .setConnectTimeout((int) timeout.toMillis())
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(16 * 1024)
                .setDecompressionSupported(false)
                .setPipelining(false));
        this.target = target;
        this.hosts = hosts;
        this.signatures = signatures;
        this.allowRedirects = allowRedirects;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** What an endpoint answered. */
    record Answer(int status, String location) {

        boolean isDone() {
            return status >= 200 && status < 300;
        }

        private boolean isRedirect() {
            return (status == 307 || status == 308) && location != null;
        }
    }

    /**
     * Sends an event and waits for the answer.
     *
     * @param id the event's
     * @param traceparent which trace it belongs to; null if that isn't known
     * @throws IOException if there was none, or a rule of ours keeps us from asking
     */
    Answer send(String id, String body, String traceparent) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        WebhookTarget to = target;
        Answer answer = send(to, id, body, traceparent, end);
        for (int i = 0; i < REDIRECTS && allowRedirects && answer.isRedirect(); i++) {
            to = to.redirected(answer.location());
            answer = send(to, id, body, traceparent, end);
        }
        return answer;
    }

    /**
     * Sends a request.
     *
     * @param end by {@link System#nanoTime}
     */
    private Answer send(WebhookTarget to, String id, String body, String traceparent, long end) throws IOException {
        InetAddress address = to.resolve(hosts, left(end));
        long timestamp = clock.instant().getEpochSecond();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setTraceOperation(DeliveredWebhooks.OPERATION)
                .setSsl(to.tls())
                .setHost(to.host())
                .setPort(to.port())
                .setServer(SocketAddress.inetSocketAddress(to.port(), address.getHostAddress()))
                .setURI(to.path())
                .putHeader(HttpHeaders.CONTENT_TYPE, CloudEvent.MEDIA_TYPE)
                .putHeader(HttpHeaders.USER_AGENT, "live-recordings")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", Long.toString(timestamp))
                .putHeader("webhook-signature", signatures.of(id, timestamp, body));
        TraceContext trace = new TraceContext(traceparent, null);
        trace.headers(options::putHeader);
        WebhookExchange exchange = new WebhookExchange(http, Buffer.buffer(body));
        // Nothing else that this thread does belongs to the event's trace.
        VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()).runOnContext(go -> {
            trace.enter();
            exchange.start(options);
        });
        try {
            return exchange.answer()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(left(end).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            Answer head = exchange.head();
            if (head == null) {
                throw new IOException("no answer within " + timeout, e);
            }
            // Nobody needs the rest of it.
            return head;
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            vertx.runOnContext(go -> exchange.end());
        }
    }

    private Duration left(long end) throws IOException {
        long nanos = end - System.nanoTime();
        if (nanos <= 0) {
            throw new IOException("no answer within " + timeout);
        }
        return Duration.ofNanos(nanos);
    }
}
