package org.liverecordings.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.MDC;
import org.liverecordings.api.signin.basic.BasicConfig;
import org.liverecordings.api.signin.basic.BasicSignIn;

/**
 * What every request passes before anything else looks at it: it gets a correlation id, and the vendor's path in whatever
 * spelling its own server takes gets the one spelling that we route. On the way back a 401 gets its challenges.
 */
@ApplicationScoped
class RequestIntake {

    static final String CORRELATION_HEADER = "X-Request-Id";
    static final String CORRELATION_KEY = "correlationId";

    /** Before authentication, so that a request that fails it has a correlation id as well. */
    private static final int PRIORITY = 1000;

    private static final String ILLEGAL = "\"<>\\^`{|}#[]";
    /** The literal last segment of an operation's path. */
    private static final Pattern SEGMENT = Pattern.compile("/(mine|pause|resume)$", Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> WORDS = Map.of("mine", "Mine", "pause", "Pause", "resume", "Resume");

    private static final Pattern CORRELATION_ID = Pattern.compile("[A-Za-z0-9._:+/=@-]{1,128}");

    private final BasicConfig basic;

    RequestIntake(BasicConfig basic) {
        this.basic = basic;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    /** The id that ties the request to log lines and answers. */
    static String correlationId(RoutingContext request) {
        return request.get(CORRELATION_KEY);
    }

    private void handle(RoutingContext request) {
        String path = request.request().path();
        String query = request.request().query();
        String canonical = canonical(path);
        String legalQuery = query == null ? null : legal(query);
        if (!canonical.equals(path) || !Objects.equals(legalQuery, query)) {
            request.reroute(legalQuery == null ? canonical : canonical + '?' + legalQuery);
            return;
        }
        correlate(request);
        request.addHeadersEndHandler(end -> challenge(request));
        // Whoever stands before us may have looked at another one than we would.
        if (request.request().headers().getAll(HttpHeaders.AUTHORIZATION).size() > 1) {
            RefusalLog.severalCredentials(request);
            request.response().setStatusCode(401).end();
            return;
        }
        request.next();
    }

    private static void correlate(RoutingContext request) {
        String given = request.request().getHeader(CORRELATION_HEADER);
        String id = given != null && CORRELATION_ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        request.put(CORRELATION_KEY, id);
        MDC.put(CORRELATION_KEY, id);
        request.response().putHeader(CORRELATION_HEADER, id);
    }

    /**
     * Path segments match without regard to case and trailing slashes are tolerated, as on the vendor's server. The result is
     * its own canonical form: it would be rerouted again and again otherwise.
     */
    static String canonical(String path) {
        String legal = path == null || path.isEmpty() ? "/" : legal(path);
        String api = ApiPaths.LIVE_RECORDINGS;
        if (!legal.regionMatches(true, 0, api, 0, api.length())) {
            return legal;
        }
        String rest = legal.substring(api.length());
        if (!rest.isEmpty() && rest.charAt(0) != '/') {
            return legal;
        }
        int end = rest.length();
        while (end > 0 && rest.charAt(end - 1) == '/') {
            end--;
        }
        return api
                + SEGMENT.matcher(rest.substring(0, end))
                        .replaceFirst(
                                segment -> "/" + WORDS.get(segment.group(1).toLowerCase(Locale.ROOT)));
    }

    /**
     * The vendor's server takes literally what isn't legal in a URI: braces around a GUID, the backslash in CUCM's {@code \\+39…},
     * a stray percent sign. Ours would refuse it, even before it asks who is there.
     */
    static String legal(String rawText) {
        StringBuilder legal = null;
        for (int i = 0; i < rawText.length(); i++) {
            char c = rawText.charAt(i);
            boolean fine = c == '%' ? isEscape(rawText, i) : c > ' ' && c < 0x7F && ILLEGAL.indexOf(c) < 0;
            if (!fine && legal == null) {
                legal = new StringBuilder(rawText.substring(0, i));
            }
            if (legal != null) {
                legal.append(fine ? String.valueOf(c) : escape(c));
            }
        }
        return legal == null ? rawText : legal.toString();
    }

    /** The server hands us each byte of the request line as a character of its own, as far as it hands it on at all. */
    private static String escape(char c) {
        return c <= 0xFF
                ? String.format("%%%02X", (int) c)
                : URLEncoder.encode(String.valueOf(c), StandardCharsets.UTF_8);
    }

    private static boolean isEscape(String text, int percent) {
        return percent + 2 < text.length()
                && Character.digit(text.charAt(percent + 1), 16) >= 0
                && Character.digit(text.charAt(percent + 2), 16) >= 0;
    }

    /** Names every way to sign in that is on. The framework's own challenge names one. */
    private void challenge(RoutingContext request) {
        HttpServerResponse response = request.response();
        if (response.getStatusCode() != 401) {
            return;
        }
        String given = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        boolean triedBearer = given != null && given.regionMatches(true, 0, "Bearer ", 0, 7);
        List<String> challenges = new ArrayList<>(2);
        challenges.add("Bearer realm=\"" + BasicSignIn.REALM + "\"" + (triedBearer ? ", error=\"invalid_token\"" : ""));
        if (basic.usersFile().isPresent()) {
            challenges.add("Basic realm=\"" + BasicSignIn.REALM + "\", charset=\"UTF-8\"");
        }
        response.headers().set("WWW-Authenticate", challenges);
    }
}
