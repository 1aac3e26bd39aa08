package org.liverecordings.api.recordings;

import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.start.StartRequest;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.text.Texts;

/** Reads the body of a start as the vendor's server does: property names match without regard to case. */
final class StartBody {

    private StartBody() {}

    /**
     * @param body null or blank for none
     */
    static StartRequest read(ObjectMapper json, Caller caller, String body) {
        if (Texts.isBlank(body)) {
            return new StartRequest(caller, true, null, null, null, false);
        }
        JsonNode tree;
        try {
            // A byte-order mark before JSON may be ignored (RFC 8259, 8.1); it counts as white space here.
            tree = json.readTree(Texts.strip(body));
        } catch (JsonProcessingException e) {
            return StartRequest.illegible(caller);
        }
        JsonNode deviceName = property(tree, "deviceName");
        JsonNode directoryNumber = property(tree, "directoryNumber");
        JsonNode mode = property(tree, "mode");
        JsonNode maxDuration = property(tree, TimerRules.MAX_DURATION);
        if (!(tree.isObject() || tree.isNull()) || isNested(deviceName) || isNested(directoryNumber)) {
            return StartRequest.illegible(caller);
        }
        return new StartRequest(
                caller,
                true,
                text(deviceName),
                text(directoryNumber),
                mode != null && mode.canConvertToInt() && mode.isIntegralNumber() ? mode.intValue() : null,
                mode != null,
                maxDuration == null || maxDuration.isTextual() ? text(maxDuration) : maxDuration.toString());
    }

    /** Null if it is absent or null. */
    static JsonNode property(JsonNode tree, String name) {
        for (Map.Entry<String, JsonNode> property : tree.properties()) {
            if (property.getKey().equalsIgnoreCase(name) && !property.getValue().isNull()) {
                return property.getValue();
            }
        }
        return null;
    }

    private static boolean isNested(JsonNode value) {
        return value != null && value.isContainerNode();
    }

    private static String text(JsonNode value) {
        return value == null ? null : value.asText();
    }
}
