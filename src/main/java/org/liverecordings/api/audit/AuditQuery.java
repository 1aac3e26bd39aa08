package org.liverecordings.api.audit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;

import org.liverecordings.api.BadQueryException;
import org.liverecordings.api.LineQuery;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditLog.Cursor;
import org.liverecordings.recording.audit.AuditLog.Query;

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
                read(rawQuery, "from", "a date and time such as 2026-01-31T12:00:00Z", AuditQuery::instant),
                read(rawQuery, "to", "a date and time such as 2026-01-31T12:00:00Z", AuditQuery::instant),
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
        return new Cursor(storable(Instant.parse(parts[0])), UUID.fromString(parts[1]));
    }

    /** A plus sign before an offset that wasn't escaped has become a space. */
    private static Instant instant(String text) {
        return storable(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
    }

    /** No entry is of another time, and the database may not know one as far away as {@link Instant} does. */
    private static Instant storable(Instant instant) {
        if (instant.isBefore(Instant.EPOCH) || instant.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
            throw new IllegalArgumentException(instant.toString());
        }
        return instant;
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
        String text = LineQuery.first(rawQuery, name);
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return reader.apply(text.strip());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new BadQueryException(name + " must be " + expected);
        }
    }
}
