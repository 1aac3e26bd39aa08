package org.liverecordings.api.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.MDC;
import org.liverecordings.api.ApiPaths;
import org.liverecordings.api.signin.basic.BasicConfig;
import org.liverecordings.api.signin.basic.BasicSignIn;
import org.liverecordings.text.TraceContext;

/**
 * What every request passes before anything else looks at it: it gets a correlation id, and the vendor's path in whatever
 * spelling its own server takes gets the one spelling that we route; a path that may be read in two ways ends here with 404, and
 * most requests without credentials with 401. On the way back a 401 gets its challenges, and its line in the log.
 */
@ApplicationScoped
public class RequestIntake {

    /** In which a client names its request, and is told what it is called. */
    public static final String CORRELATION_HEADER = "X-Request-Id";

    /** What log lines know the correlation id by. */
    public static final String CORRELATION_KEY = "correlationId";

    /** Before authentication, so that a request that fails it has a correlation id as well. */
    public static final int PRIORITY = 1000;

    /** After CORS, which answers preflights, and whose headers a 401 has too. */
    private static final int NOBODY_PRIORITY = SecurityHandlerPriorities.CORS - 1;

    private static final Pattern CORRELATION_ID = Pattern.compile("[A-Za-z0-9._:+/=@-]{1,128}");

    private final BasicConfig basic;
    private final ClientAddress clientAddress;
    private final RefusalLog refusals;

    RequestIntake(BasicConfig basic, ClientAddress clientAddress, RefusalLog refusals) {
        this.basic = basic;
        this.clientAddress = clientAddress;
        this.refusals = refusals;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
        filters.register(RequestIntake::refuseNobody, NOBODY_PRIORITY);
    }

    /** The id that ties the request to log lines and answers. */
    public static String correlationId(RoutingContext request) {
        return request.get(CORRELATION_KEY);
    }

    /** The client's address; null if it is unknown. */
    public static String address(RoutingContext request) {
        return request.get(BasicSignIn.CLIENT_ADDRESS);
    }

    private void handle(RoutingContext request) {
        String path = request.request().path();
        String canonical = RequestPath.canonical(path);
        // A whole address is for a proxy, which asks us for the path alone.
        boolean wholeAddress = !request.request().uri().startsWith("/");
        if (canonical == null || wholeAddress && RequestPath.belowApi(canonical) == null) {
            correlate(request);
            request.response().setStatusCode(404).end();
            return;
        }
        String query = request.request().query();
        String legalQuery = query == null ? null : RequestPath.legal(query);
        if (!canonical.equals(path) || !Objects.equals(legalQuery, query)) {
            request.reroute(legalQuery == null ? canonical : canonical + '?' + legalQuery);
            return;
        }
        correlate(request);
        request.put(BasicSignIn.CLIENT_ADDRESS, clientAddress.of(request.request()));
        request.addHeadersEndHandler(end -> refused(request));
        // Whoever stands before us may have looked at another one than we would.
        if (request.request().headers().getAll(HttpHeaders.AUTHORIZATION).size() > 1) {
            refusals.severalCredentials(request);
            request.response().setStatusCode(401).end();
            return;
        }
        request.next();
    }

    /** Who brings no credentials isn't let in: to have the framework find that out costs some ten times as much. */
    private static void refuseNobody(RoutingContext request) {
        HttpServerRequest http = request.request();
        if (ApiPaths.isOperation(http.method(), http.path()) && !http.headers().contains(HttpHeaders.AUTHORIZATION)) {
            request.response().setStatusCode(401).end();
        } else {
            request.next();
        }
    }

    private static void correlate(RoutingContext request) {
        String given = request.request().getHeader(CORRELATION_HEADER);
        String id = given != null && CORRELATION_ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        request.put(CORRELATION_KEY, id);
        MDC.put(CORRELATION_KEY, id);
        MultiMap headers = request.request().headers();
        TraceContext.read(headers.getAll(TraceContext.TRACEPARENT), headers.getAll(TraceContext.TRACESTATE))
                .enter();
        request.response().putHeader(CORRELATION_HEADER, id);
    }

    /** A 401 has a line in the log if there were credentials, and names every way to sign in that is on. The framework would name one. */
    private void refused(RoutingContext request) {
        HttpServerResponse response = request.response();
        if (response.getStatusCode() != 401) {
            return;
        }
        String given = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (given != null) {
            refusals.unrecognisedCredentials(given, request);
        }
        boolean triedBearer = given != null && RefusalLog.has(given, "Bearer ");
        List<String> challenges = new ArrayList<>(2);
        challenges.add("Bearer realm=\"" + BasicSignIn.REALM + "\"" + (triedBearer ? ", error=\"invalid_token\"" : ""));
        if (basic.usersFile().isPresent()) {
            challenges.add("Basic realm=\"" + BasicSignIn.REALM + "\", charset=\"UTF-8\"");
        }
        response.headers().set("WWW-Authenticate", challenges);
    }
}
