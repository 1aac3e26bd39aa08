package org.liverecordings.recorder.asterisk.ari;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

import io.vertx.core.json.JsonObject;

/**
 * A channel of Asterisk: one leg of a call, or one of ours that listens to such a leg.
 *
 * @param id never null
 * @param up whether it is connected: not dialling, not ringing
 * @param createdAt by Asterisk's clock
 * @param remoteName who is at the other end; null if unknown
 * @param remoteNumber the number at the other end; null if unknown
 * @param applicationData the Stasis application and its arguments, with commas between them; empty if it is in none
 */
public record Channel(
        String id,
        boolean up,
        OffsetDateTime createdAt,
        String remoteName,
        String remoteNumber,
        String applicationData) {

    /** Asterisk writes offsets without a colon. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

    static Channel of(JsonObject json) {
        JsonObject connected = json.getJsonObject("connected");
        JsonObject dialplan = json.getJsonObject("dialplan");
        return new Channel(
                json.getString("id"),
                "Up".equals(json.getString("state")),
                OffsetDateTime.parse(json.getString("creationtime"), TIME),
                textOrNull(connected, "name"),
                textOrNull(connected, "number"),
                dialplan.getString("app_data", ""));
    }

    private static String textOrNull(JsonObject json, String name) {
        String text = json.getString(name);
        return text == null || text.isBlank() ? null : text.strip();
    }
}
