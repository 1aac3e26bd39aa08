package org.liverecordings.api.recordings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.netty.handler.codec.http.HttpUtil;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.liverecordings.api.ApiPaths;
import org.liverecordings.api.intake.RequestDeadline;
import org.liverecordings.api.intake.RequestIntake;
import org.liverecordings.text.LogText;

/**
 * Reads the bodies of starts and stops before a worker takes the request. So one that comes slowly occupies no worker, and all of
 * it has one limit of time, however many pieces it comes in. A parameter of the resource's methods would have neither.
 */
@ApplicationScoped
class RequestBody {

    private static final Logger LOG = Logger.getLogger(RequestBody.class);

    private static final String KEY = RequestBody.class.getName();

    /** After sign-in, since nobody else's body is read, and after the framework refused what is too long by its Content-Length. */
    private static final int PRIORITY = 1;

    /** A stop is more than its reason, and doesn't wait for long for a body that may never come. */
    private static final Duration PATIENCE_OF_A_STOP = Duration.ofSeconds(1);

    private final long longest;

    RequestBody(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longest) {
        this.longest = longest.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    /** The body's text, which is {@code ""} if there is none; empty if it didn't come as a whole. */
    static Optional<String> of(RoutingContext request) {
        return hasBody(request.request()) ? Optional.ofNullable(request.get(KEY)) : Optional.of("");
    }

    private void handle(RoutingContext request) {
        HttpServerRequest http = request.request();
        boolean stops = http.method() == HttpMethod.DELETE;
        boolean counts = (stops || http.method() == HttpMethod.POST) && ApiPaths.isVendors(http.path());
        if (!counts || !hasBody(http) || !isSignedIn(request)) {
            request.next();
            return;
        }
        // The other half is for what is asked.
        Duration half = RequestDeadline.of(request).left().dividedBy(2);
        read(request, stops && half.compareTo(PATIENCE_OF_A_STOP) > 0 ? PATIENCE_OF_A_STOP : half);
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    private static boolean isSignedIn(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user
                && !user.getSecurityIdentity().isAnonymous();
    }

    /** The framework has paused the request, so that nothing of it is missed. */
    private void read(RoutingContext request, Duration patience) {
        HttpServerRequest http = request.request();
        Buffer body = Buffer.buffer();
        Promise<Buffer> whole = Promise.promise();
        http.exceptionHandler(whole::tryFail);
        http.endHandler(end -> whole.tryComplete(body));
        http.handler(more -> {
            body.appendBuffer(more);
            if (body.length() > longest) {
                http.handler(null);
                whole.tryFail("it is too long");
            }
        });
        long millis = Math.max(1, patience.toMillis());
        long timer = request.vertx().setTimer(millis, late -> whole.tryFail("it took longer than " + millis + " ms"));
        // What a pipelined request reads may come in another context than its own, where the log finds its ids.
        Context own = request.vertx().getOrCreateContext();
        whole.future().onComplete(read -> {
            request.vertx().cancelTimer(timer);
            own.runOnContext(now -> goOn(request, read, body.length() > longest));
        });
        if ("100-continue".equalsIgnoreCase(http.getHeader(HttpHeaders.EXPECT))) {
            http.response().writeContinue();
        }
        http.resume();
    }

    private static void goOn(RoutingContext request, AsyncResult<Buffer> body, boolean tooLong) {
        HttpServerRequest http = request.request();
        if (body.succeeded()) {
            request.put(KEY, body.result().toString(HttpUtil.getCharset(type(http), StandardCharsets.UTF_8)));
            request.next();
            return;
        }
        LOG.warnf(
                "the body of a %s didn't come as a whole cause=%s correlationId=%s",
                http.method() == HttpMethod.DELETE ? "stop, which counts without it," : "start",
                LogText.quoteMessage(body.cause()),
                LogText.quote(RequestIntake.correlationId(request)));
        http.handler(null);
        HttpServerResponse answer = http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        // Whatever else comes is the rest of this body.
        request.addEndHandler(end -> http.connection().close());
        if (tooLong && http.method() == HttpMethod.POST) {
            answer.setStatusCode(413).end();
        } else {
            request.next();
        }
    }

    private static CharSequence type(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type;
    }
}
