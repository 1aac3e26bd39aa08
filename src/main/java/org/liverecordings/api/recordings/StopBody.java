package org.liverecordings.api.recordings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jboss.logging.Logger;
import org.liverecordings.text.Texts;

/**
 * Reads the reason of a stop from its body, if that is JSON. In the vendor's contract a stop has no body, so that whatever else a client
 * sends there means nothing. A parameter of the resource's methods would refuse what it can't read.
 */
final class StopBody {

    private static final Logger LOG = Logger.getLogger(StopBody.class);

    /** JSON, and what clients say by default of a text that they are given. */
    private static final Set<String> JSON_OR_NOT_SAID =
            Set.of("", "application/json", "text/json", "text/plain", "application/x-www-form-urlencoded");

    /** As long as any body may be: {@code quarkus.http.limits.max-body-size}. */
    private static final int LONGEST = 16 * 1024;

    /** A stop is more than its reason, and doesn't wait for long for a body that may never come. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private StopBody() {}

    /**
     * The text that the property {@code reason} has in a JSON object, also in one that its client didn't call so: a reason that nobody
     * hears of would put no hold.
     *
     * @return null if there is no such body, or it has no such text
     */
    static String reason(ObjectMapper json, HttpServerRequest request) {
        if (!mayBeJson(request.getHeader(HttpHeaders.CONTENT_TYPE)) || !hasBody(request)) {
            return null;
        }
        try {
            JsonNode reason = StartBody.property(json.readTree(Texts.strip(read(request))), "reason");
            return reason != null && reason.isTextual() ? reason.textValue() : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static boolean mayBeJson(String contentType) {
        if (contentType == null) {
            return true;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.endsWith("+json") || JSON_OR_NOT_SAID.contains(type);
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    /** Returns nothing of a body that is too long, or doesn't come as a whole. */
    private static String read(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        CompletableFuture<Buffer> whole = new CompletableFuture<>();
        // Nothing comes while it is paused, so that nothing is missed.
        request.pause();
        request.exceptionHandler(whole::completeExceptionally);
        request.endHandler(end -> whole.complete(body));
        request.handler(more -> {
            if (body.length() + more.length() <= LONGEST) {
                body.appendBuffer(more);
            } else {
                whole.complete(Buffer.buffer());
            }
        });
        if (request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().writeContinue();
        }
        request.resume();
        try {
            return whole.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).toString(StandardCharsets.UTF_8);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("no reason was read: the body of a stop didn't come within %s", PATIENCE);
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
