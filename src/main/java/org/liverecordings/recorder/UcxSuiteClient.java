package org.liverecordings.recorder;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

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
import io.vertx.core.json.JsonObject;

/**
 * Speaks HTTP with the UCX Suite. It is made of Vert.x's client rather than of a generated one because a stop depends on two
 * things that the latter doesn't tell: whether the request had left when it failed, and how much of a body has come so far.
 */
final class UcxSuiteClient {

    /** Enough for a list of some thousand live recordings; every other documented body is far smaller. */
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    /** Below the 30 s or so after which servers drop idle connections, so that we rarely write to one that is gone. */
    private static final int KEEP_ALIVE_SECONDS = 10;

    private final Vertx vertx;
    private final HttpClient http;
    private final URI base;
    private final String authorization;
    private final Duration timeout;

    /**
     * @param options with what is needed for TLS
     * @param base ends without a slash
     * @param timeout for one request from its start to the end of its answer
     */
    UcxSuiteClient(
            Vertx vertx, HttpClientOptions options, URI base, String username, String password, Duration timeout) {
        this.vertx = vertx;
        this.http = vertx.createHttpClient(options.setSsl("https".equalsIgnoreCase(base.getScheme()))
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setPipelining(false));
        this.base = base;
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
        this.timeout = timeout;
    }

    /**
     * Sends a request.
     *
     * @param pathAndQuery raw, begins with a slash
     * @param body a JSON object; null for none
     * @return ends with {@link NotSentException} if the request certainly didn't leave, with {@link IOException} if no whole
     *     answer came
     */
    CompletionStage<Answer> send(HttpMethod method, String pathAndQuery, JsonObject body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(base.getHost())
                .setPort(port())
                .setURI(base.getRawPath() + pathAndQuery)
                .putHeader(HttpHeaders.AUTHORIZATION, authorization)
                .putHeader(HttpHeaders.ACCEPT, "application/json");
        Buffer content = body == null ? Buffer.buffer() : body.toBuffer();
        if (body != null) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        Promise<Answer> answer = Promise.promise();
        http.request(options)
                .onFailure(failure -> answer.tryFail(new NotSentException(failure)))
                .onSuccess(request -> send(request, content, answer));
        return answer.future().toCompletionStage();
    }

    private void send(HttpClientRequest request, Buffer content, Promise<Answer> answer) {
        long timer = vertx.setTimer(timeout.toMillis(), id -> {
            answer.tryFail(new IOException("no answer within " + timeout));
            request.reset();
        });
        answer.future().onComplete(done -> vertx.cancelTimer(timer));
        request.send(content)
                .compose(response -> read(request, response))
                .onSuccess(answer::tryComplete)
                .onFailure(failure -> answer.tryFail(new IOException(failure)));
    }

    private static Future<Answer> read(HttpClientRequest request, HttpClientResponse response) {
        Promise<Answer> answer = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(answer::tryFail);
        response.endHandler(end -> answer.tryComplete(
                new Answer(response.statusCode(), response.getHeader(HttpHeaders.CONTENT_TYPE), body)));
        response.handler(chunk -> {
            if (body.length() + chunk.length() <= MAX_BODY_BYTES) {
                body.appendBuffer(chunk);
            } else {
                // The status line is all that an answer of this size can mean to us.
                answer.tryComplete(new Answer(response.statusCode(), null, Buffer.buffer()));
                request.reset();
            }
        });
        return answer.future();
    }

    private int port() {
        if (base.getPort() >= 0) {
            return base.getPort();
        }
        return "https".equalsIgnoreCase(base.getScheme()) ? 443 : 80;
    }

    /** The failure behind the wrappings of a stage. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /**
     * What the suite answered.
     *
     * @param contentType null if there was none
     * @param body empty if there was none, or if it was too large
     */
    record Answer(int status, String contentType, Buffer body) {}

    /** The request certainly didn't leave this machine. */
    static final class NotSentException extends IOException {

        private static final long serialVersionUID = 1L;

        NotSentException(Throwable cause) {
            super(cause);
        }
    }
}
