package org.liverecordings.api.recordings;

import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.liverecordings.api.intake.RequestIntake;
import org.liverecordings.recording.stop.StopHolds;
import org.liverecordings.text.LogText;
import org.liverecordings.text.Texts;

/**
 * Reads the reason of a stop from its body, if that is JSON. In the vendor's contract a stop has no body, so that whatever else a client
 * sends there means nothing.
 */
final class StopBody {

    private static final Logger LOG = Logger.getLogger(StopBody.class);

    /** What clients say by default of a text that they are given, which may be JSON. */
    private static final Set<String> NOT_SAID = Set.of("", "text/plain", "application/x-www-form-urlencoded");

    private StopBody() {}

    /**
     * The text that the property {@code reason} has in a JSON object, also in one that its client didn't call so: a reason that nobody
     * hears of would put no hold. For the same reason a body that its client called JSON, and that didn't come as a whole or has no text
     * there, has the reason {@code consent-withdrawn}.
     *
     * @param inQuery the reason in the query; if there is one, it counts in place of one that can't be read
     * @return null if there is no such body, or no reason in it
     */
    static String reason(ObjectMapper json, RoutingContext request, String inQuery) {
        String header = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        String type = header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean isJson = type.endsWith("+json") || type.endsWith("/json");
        if (!isJson && !NOT_SAID.contains(type)) {
            return null;
        }
        JsonNode body = read(json, RequestBody.of(request).orElse(null));
        JsonNode reason = body == null ? null : StartBody.property(body, "reason");
        if (reason != null && reason.isTextual()) {
            return reason.textValue();
        }
        boolean saysNone = reason == null && body != null && saysNothing(body);
        if (!isJson || saysNone || !Texts.isBlank(inQuery)) {
            return null;
        }
        LOG.warnf(
                "the reason of a stop can't be read, and counts as %s correlationId=%s",
                StopHolds.CONSENT_WITHDRAWN, LogText.quote(RequestIntake.correlationId(request)));
        // It may be this one. A hold that nobody needed can be lifted; one that isn't put, is missed.
        return StopHolds.CONSENT_WITHDRAWN;
    }

    /** Null if it isn't JSON. */
    private static JsonNode read(ObjectMapper json, String body) {
        try {
            return body == null ? null : json.readTree(Texts.strip(body));
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** An object without a reason, or what programs send that have nothing to say. */
    private static boolean saysNothing(JsonNode body) {
        return body.isContainerNode()
                ? body.isObject() || body.isEmpty()
                : body.isNull() || Texts.isBlank(body.asText());
    }
}
