package org.liverecordings.recorder.upstream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.smallrye.common.vertx.VertxContext;
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
import io.vertx.core.json.JsonObject;
import org.liverecordings.text.TraceContext;

/**
 * Speaks HTTP with a recorder. It is made of Vert.x's client rather than of a generated one because a stop depends on two
 * things that the latter doesn't tell: whether the request had left when it failed, and how much of a body has come so far.
 */
public final class UpstreamClient {

    /** Below the 15 s or more after which servers drop idle connections, so that we rarely write to one that is gone. */
    private static final int KEEP_ALIVE_SECONDS = 10;

    private final Vertx vertx;
    private final HttpClient http;
    private final UpstreamAddress address;
    private final String authorization;
    private final int maxBodyBytes;

    /**
     * @param options with what is needed for TLS
     * @param address where it is
     * @param maxBodyBytes a longer body is given up, and counts as empty
     */
    public UpstreamClient(
            Vertx vertx,
            HttpClientOptions options,
            UpstreamAddress address,
            String username,
            String password,
            int maxBodyBytes) {
        this.vertx = vertx;
        this.http = vertx.createHttpClient(options.setSsl(address.tls())
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setPipelining(false));
        this.address = address;
        this.authorization = basic(username, password);
        this.maxBodyBytes = maxBodyBytes;
    }

    /** The value of the header {@code Authorization} for HTTP Basic. */
    public static String basic(String username, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a request.
     *
     * @param pathAndQuery raw, begins with a slash
     * @param body a JSON object; null for none
     * @param timeout from the request's start to the end of its answer; with less than a millisecond it is not sent
     * @return ends with {@link NotSentException} if the request certainly didn't leave, with {@link IOException} if no answer
     *     came
     */
    public CompletionStage<Answer> send(HttpMethod method, String pathAndQuery, JsonObject body, Duration timeout) {
        return send(options(method, pathAndQuery), body, timeout);
    }

    /** Reads as {@link #send} does, and gives up the connection: for an answer of which more may come than it says itself. */
    public CompletionStage<Answer> readLast(String pathAndQuery, Duration timeout) {
        RequestOptions options = options(HttpMethod.GET, pathAndQuery);
        return send(options.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE), null, timeout);
    }

    private RequestOptions options(HttpMethod method, String pathAndQuery) {
        return new RequestOptions()
                .setMethod(method)
                .setHost(address.host())
                .setPort(address.port())
                .setURI(address.path() + pathAndQuery)
                .putHeader(HttpHeaders.AUTHORIZATION, authorization)
                .putHeader(HttpHeaders.ACCEPT, "application/json");
    }

    private CompletionStage<Answer> send(RequestOptions options, JsonObject body, Duration timeout) {
        if (timeout.toMillis() == 0) {
            // Vert.x knows no shorter time than a millisecond: nobody could wait for the answer.
            return CompletableFuture.failedStage(new NotSentException(new IOException("no time is left")));
        }
        if (body != null) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        Exchange exchange = new Exchange(body == null ? Buffer.buffer() : body.toBuffer(), timeout);
        // All of an exchange happens on one thread, so that it is certain whether its time ran out before or after it
        // was sent.
        TraceContext trace = TraceContext.current();
        trace.headers(options::putHeader);
        // What is asked next, once this is answered, belongs to the same trace, and nothing else does.
        VertxContext.getOrCreateDuplicatedContext(vertx).runOnContext(go -> {
            trace.enter();
            exchange.start(options);
        });
        return exchange.answer.future().toCompletionStage();
    }

    /** One request and its answer. */
    private final class Exchange {

        final Promise<Answer> answer = Promise.promise();
        private final Buffer content;
        private final Duration timeout;
        private HttpClientRequest request;
        private HttpClientResponse response;

        Exchange(Buffer content, Duration timeout) {
            this.content = content;
            this.timeout = timeout;
        }

        void start(RequestOptions options) {
            long timer = vertx.setTimer(timeout.toMillis(), id -> timeOut());
            answer.future().onComplete(done -> vertx.cancelTimer(timer));
            http.request(options)
                    .onFailure(failure -> answer.tryFail(new NotSentException(failure)))
                    .onSuccess(this::send);
        }

        private void send(HttpClientRequest connected) {
            if (answer.future().isComplete()) {
                // The time ran out while it waited for a connection: nobody waits for it any more.
                connected.exceptionHandler(reset -> {});
                connected.reset();
                return;
            }
            request = connected;
            // Without handlers Vert.x would log what the asker is told anyway.
            request.exceptionHandler(this::breakOff);
            request.connection().exceptionHandler(this::breakOff);
            request.send(content).onSuccess(this::read).onFailure(this::breakOff);
        }

        private void read(HttpClientResponse begun) {
            response = begun;
            Buffer body = Buffer.buffer();
            response.exceptionHandler(this::breakOff);
            response.endHandler(end -> answer.tryComplete(answer(body)));
            response.handler(chunk -> {
                if (body.length() + chunk.length() <= maxBodyBytes) {
                    body.appendBuffer(chunk);
                } else {
                    answer.tryComplete(answer(Buffer.buffer()));
                    request.reset();
                }
            });
        }

        private void timeOut() {
            IOException late = new IOException("no whole answer within " + timeout);
            if (request == null) {
                answer.tryFail(new NotSentException(late));
            } else {
                breakOff(late);
                request.reset();
            }
        }

        /** A status line that has come is an answer, whatever becomes of the body. */
        private void breakOff(Throwable failure) {
            if (response == null) {
                answer.tryFail(failure instanceof IOException ? failure : new IOException(failure));
            } else {
                answer.tryComplete(answer(null));
            }
        }

        private Answer answer(Buffer body) {
            return new Answer(response.statusCode(), response.getHeader(HttpHeaders.RETRY_AFTER) != null, body);
        }
    }

    /**
     * What the recorder answered.
     *
     * @param retryAfter whether it says when to ask again
     * @param body empty if there was none, or if it was too large; null if it broke off
     */
    public record Answer(int status, boolean retryAfter, Buffer body) {}
}
