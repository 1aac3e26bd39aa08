package org.liverecordings.api.recordings;

import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.text.Texts;

/**
 * Reads the reason of a stop from its body, if that is JSON. In the vendor's contract a stop has no body, so that whatever else a client
 * sends there means nothing.
 */
final class StopBody {

    /** JSON, and what clients say by default of a text that they are given. */
    private static final Set<String> JSON_OR_NOT_SAID =
            Set.of("", "application/json", "text/json", "text/plain", "application/x-www-form-urlencoded");

    private StopBody() {}

    /**
     * The text that the property {@code reason} has in a JSON object, also in one that its client didn't call so: a reason that nobody
     * hears of would put no hold.
     *
     * @return null if there is no such body, or it has no such text
     */
    static String reason(ObjectMapper json, RoutingContext request) {
        if (!mayBeJson(request.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
            return null;
        }
        try {
            String body = RequestBody.of(request).orElse("");
            JsonNode reason = StartBody.property(json.readTree(Texts.strip(body)), "reason");
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
}
