package org.liverecordings.events.webhook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import org.liverecordings.events.webhook.WebhookClient.Answer;

/** One request and its answer, all on one thread but what says otherwise. */
final class WebhookExchange {

    /** An endpoint that says more than this is cut off. */
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final Promise<Answer> answer = Promise.promise();
    private final HttpClient http;
    private final Buffer content;
    private HttpClientRequest request;
    private boolean ended;
    private volatile Answer head;

    WebhookExchange(HttpClient http, Buffer content) {
        this.http = http;
        this.content = content;
    }

    /** The answer when its body has been read, as far as that is of use; for any thread. */
    Future<Answer> answer() {
        return answer.future();
    }

    /** The head of the answer, while its body may still be coming; null until its status is known. For any thread. */
    Answer head() {
        return head;
    }

    void start(RequestOptions options) {
        Future<HttpClientRequest> connecting = http.request(options);
        connecting.onFailure(answer::tryFail).onSuccess(connected -> {
            request = connected;
            request.exceptionHandler(this::broken);
            if (ended) {
                // Nobody waits for it any more.
                request.reset();
                return;
            }
            request.send(content).onFailure(answer::tryFail).onSuccess(this::read);
        });
    }

    private void read(HttpClientResponse response) {
        head = new Answer(response.statusCode(), response.getHeader(HttpHeaders.LOCATION));
        int[] length = {0};
        response.exceptionHandler(this::broken);
        response.endHandler(end -> answer.tryComplete(head));
        response.handler(chunk -> {
            length[0] += chunk.length();
            if (length[0] > MAX_BODY_BYTES) {
                answer.tryComplete(head);
                request.reset();
            }
        });
    }

    /** Whose status is known has answered, whatever becomes of the rest. */
    private void broken(Throwable cause) {
        if (head == null) {
            answer.tryFail(cause);
        } else {
            answer.tryComplete(head);
        }
    }

    /** What came in time needs no end; of anything else nothing is to be left open. */
    void end() {
        ended = true;
        if (request != null && (answer.future().failed() || !answer.future().isComplete())) {
            request.reset();
        }
    }
}
