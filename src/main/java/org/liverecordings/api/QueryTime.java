package org.liverecordings.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.liverecordings.text.Texts;

/** Reads a date and time in a query. */
public final class QueryTime {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private QueryTime() {}

    /**
     * A plus sign before an offset that wasn't escaped has become a space.
     *
     * @param text null, empty or blank if absent
     * @return null if it is absent
     * @throws BadQueryException if it is none, or one that the database may not know
     */
    public static Instant read(String parameter, String text) {
        String time = Texts.stripToNull(text);
        if (time == null) {
            return null;
        }
        try {
            return storable(OffsetDateTime.parse(time.replace(' ', '+')).toInstant());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new BadQueryException(parameter + " must be a date and time such as 2026-01-31T12:00:00Z");
        }
    }

    /**
     * The same, for a time at which something was.
     *
     * @throws BadQueryException also if it is yet to come
     */
    public static Instant readPast(String parameter, String text, Instant now) {
        Instant time = read(parameter, text);
        if (time != null && time.isAfter(now)) {
            throw new BadQueryException(parameter + " must not be in the future");
        }
        return time;
    }

    /**
     * The same time. The database may not know one as far away as {@link Instant} does, and nothing of ours is of such a time.
     *
     * @throws IllegalArgumentException if it is one
     */
    public static Instant storable(Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException(time.toString());
        }
        return time;
    }
}
