package org.liverecordings.events.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import org.liverecordings.events.CloudEvent;
import org.liverecordings.text.TraceContext;

/** Sends events to one endpoint, one at a time. What it answers beyond its status is of no use, and is read no further than it must. */
final class WebhookClient {

    /** An endpoint that says more than this is cut off. */
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private static final int REDIRECTS = 3;
    private static final int KEEP_ALIVE_SECONDS = 10;

    private final Vertx vertx;
    private final HttpClient http;
    private final WebhookTarget target;
    private final Signatures signatures;
    private final boolean allowRedirects;
    private final Duration timeout;
    private final InstantSource clock;

    /**
     * @param options with what is needed for TLS
     * @param timeout from the request's begin to the end of its answer, redirects included
     */
    WebhookClient(
            Vertx vertx,
            HttpClientOptions options,
            WebhookTarget target,
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
        long begun = System.nanoTime();
        WebhookTarget to = target;
        Answer answer = send(to, id, body, traceparent, timeout);
        for (int i = 0; i < REDIRECTS && allowRedirects && answer.isRedirect(); i++) {
            to = to.redirected(answer.location());
            answer = send(to, id, body, traceparent, timeout.minusNanos(System.nanoTime() - begun));
        }
        return answer;
    }

    private Answer send(WebhookTarget to, String id, String body, String traceparent, Duration left)
            throws IOException {
        InetAddress address = to.resolve();
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
        Exchange exchange = new Exchange(Buffer.buffer(body));
        // Nothing else that this thread does belongs to the event's trace.
        VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()).runOnContext(go -> {
            trace.enter();
            exchange.start(options);
        });
        try {
            return exchange.answer
                    .future()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + timeout, e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            vertx.runOnContext(go -> exchange.end());
        }
    }

    /** One request and its answer, all on one thread. */
    private final class Exchange {

        final Promise<Answer> answer = Promise.promise();
        private final Buffer content;
        private HttpClientRequest request;
        private boolean ended;

        Exchange(Buffer content) {
            this.content = content;
        }

        void start(RequestOptions options) {
            Future<HttpClientRequest> connecting = http.request(options);
            connecting.onFailure(answer::tryFail).onSuccess(connected -> {
                request = connected;
                request.exceptionHandler(answer::tryFail);
                if (ended) {
                    // Nobody waits for it any more.
                    request.reset();
                    return;
                }
                request.send(content).onFailure(answer::tryFail).onSuccess(this::read);
            });
        }

        private void read(HttpClientResponse response) {
            Answer told = new Answer(response.statusCode(), response.getHeader(HttpHeaders.LOCATION));
            int[] length = {0};
            response.exceptionHandler(broken -> answer.tryComplete(told));
            response.endHandler(end -> answer.tryComplete(told));
            response.handler(chunk -> {
                length[0] += chunk.length();
                if (length[0] > MAX_BODY_BYTES) {
                    answer.tryComplete(told);
                    request.reset();
                }
            });
        }

        /** What came in time needs no end; of anything else nothing is to be left open. */
        void end() {
            ended = true;
            if (request != null && (answer.future().failed() || !answer.future().isComplete())) {
                request.reset();
            }
        }
    }
}
