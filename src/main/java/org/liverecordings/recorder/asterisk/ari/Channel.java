package org.liverecordings.recorder.asterisk.ari;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonObject;

/**
 * A channel of Asterisk: one leg of a call, or one of ours that listens to such a leg.
 *
 * @param id never null
 * @param name never null; of a channel that listens to another one it has the other one's id
 * @param up whether it is connected: not dialling, not ringing
 * @param createdAt by Asterisk's clock
 * @param remoteName who is at the other end, cut off if it is long; null if unknown
 * @param remoteNumber the number at the other end, cut off if it is long; null if unknown
 * @param applicationData the Stasis application and its arguments, with commas between them; empty if it is in none
 */
public record Channel(
        String id,
        String name,
        boolean up,
        OffsetDateTime createdAt,
        String remoteName,
        String remoteNumber,
        String applicationData) {

    /** Asterisk writes offsets without a colon. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

    private static final Pattern LISTENING = Pattern.compile("Snoop/(.+)-[0-9a-f]{8}");

    /** In characters. Callers choose what they are called, and no name may be too long for a request: Asterisk takes 4 KiB. */
    private static final int LONGEST_NAME = 100;

    private static final int LONGEST_NUMBER = 40;

    static Channel of(JsonObject json) {
        JsonObject connected = json.getJsonObject("connected");
        JsonObject dialplan = json.getJsonObject("dialplan");
        return new Channel(
                json.getString("id"),
                json.getString("name"),
                "Up".equals(json.getString("state")),
                OffsetDateTime.parse(json.getString("creationtime"), TIME),
                textOrNull(connected, "name", LONGEST_NAME),
                textOrNull(connected, "number", LONGEST_NUMBER),
                dialplan.getString("app_data", ""));
    }

    /** The id that the channel to which this one listens had at first; empty if it listens to none. */
    public Optional<String> listensTo() {
        return Optional.of(LISTENING.matcher(name)).filter(Matcher::matches).map(found -> found.group(1));
    }

    private static String textOrNull(JsonObject json, String name, int limit) {
        String text = json.getString(name);
        if (text == null || text.isBlank()) {
            return null;
        }
        String stripped = text.strip();
        boolean isLong = stripped.codePointCount(0, stripped.length()) > limit;
        return isLong ? stripped.substring(0, stripped.offsetByCodePoints(0, limit)) : stripped;
    }
}
