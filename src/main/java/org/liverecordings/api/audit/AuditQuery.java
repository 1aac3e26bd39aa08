package org.liverecordings.api.audit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;

import org.liverecordings.api.BadQueryException;
import org.liverecordings.api.LineQuery;
import org.liverecordings.api.QueryTime;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditLog.Cursor;
import org.liverecordings.recording.audit.AuditLog.Query;
import org.liverecordings.text.Texts;

/** Reads the query of a request for the audit trail. An empty or blank parameter counts as absent. */
public final class AuditQuery {

    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1000;

    private AuditQuery() {}

    /**
     * @param rawQuery null if the request has none
     * @throws BadQueryException if a parameter makes no sense
     */
    public static Query read(String rawQuery) {
        return new Query(
                read(
                        rawQuery,
                        "recordingId",
                        "a GUID",
                        text -> RecordingId.parse(text).orElseThrow(IllegalArgumentException::new)),
                read(rawQuery, "user", "a name", Function.identity()),
                QueryTime.read("from", LineQuery.first(rawQuery, "from")),
                QueryTime.read("to", LineQuery.first(rawQuery, "to")),
                read(rawQuery, "after", "what the page before named as next", AuditQuery::cursor),
                limit(read(rawQuery, "limit", "a number from 1 to " + MAX_LIMIT, AuditQuery::pageSize)));
    }

    /** What {@code after} has to be for the page that begins there. */
    static String text(Cursor cursor) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((cursor.at() + " " + cursor.id()).getBytes(StandardCharsets.UTF_8));
    }

    private static Cursor cursor(String text) {
        String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
        if (parts.length != 2) {
            throw new IllegalArgumentException(text);
        }
        return new Cursor(QueryTime.storable(Instant.parse(parts[0])), UUID.fromString(parts[1]));
    }

    private static Integer pageSize(String text) {
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(text);
        }
        return limit;
    }

    private static int limit(Integer given) {
        return given == null ? DEFAULT_LIMIT : given;
    }

    private static <T> T read(String rawQuery, String name, String expected, Function<String, T> reader) {
        String text = Texts.stripToNull(LineQuery.first(rawQuery, name));
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new BadQueryException(name + " must be " + expected);
        }
    }
}
