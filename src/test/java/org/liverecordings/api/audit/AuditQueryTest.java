package org.liverecordings.api.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.BadQueryException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditLog.Cursor;
import org.liverecordings.recording.audit.AuditLog.Query;

class AuditQueryTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"", "recordingId=&user=%20&from=&to=&limit=&after=", "other=1"})
    void withoutAParameterEverythingIsMeant(String query) {
        assertEquals(new Query(null, null, null, null, null, 100), AuditQuery.read(query));
    }

    @Test
    void everyParameterIsRead() {
        UUID id = UUID.fromString("75a90276-e47e-4e9e-b463-e3c743d5ff3a");
        Cursor cursor = new Cursor(NOON.plusNanos(123_456_000), id);
        Query read = AuditQuery.read("recordingid=%7B75A90276-E47E-4e9e-B463-E3C743D5FF3A%7D&USER=O%27Brien"
                + "&from=2026-01-31T12:00:00Z&to=2026-01-31T14:00:00%2B02:00&limit=7&after=" + AuditQuery.text(cursor));
        assertEquals(new Query(new RecordingId(id), "O'Brien", NOON, NOON, cursor, 7), read);
    }

    @Test
    void whatCannotBeSeenAroundAParameterIsNoPartOfIt() {
        // Given
        String noBreakSpace = "%C2%A0";
        String query = "user=" + noBreakSpace + "alice" + noBreakSpace + "&from=" + noBreakSpace
                + "2026-01-31T12:00:00Z&to=" + noBreakSpace;

        // When
        Query read = AuditQuery.read(query);

        // Then
        assertEquals(new Query(null, "alice", NOON, null, null, 100), read);
    }

    @Test
    void anOffsetWhosePlusWasNotEscapedIsUnderstood() {
        assertEquals(NOON, AuditQuery.read("from=2026-01-31T14:00:00+02:00").from());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1000000000-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "-1000000000-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z"
            })
    void aCursorOfATimeOutOfTheWorldIsNone(String time) {
        String after = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((time + " 75a90276-e47e-4e9e-b463-e3c743d5ff3a").getBytes(StandardCharsets.UTF_8));

        BadQueryException refused = assertThrows(BadQueryException.class, () -> AuditQuery.read("after=" + after));

        assertEquals("after must be what the page before named as next", refused.getMessage());
    }

    @Test
    void withoutAQueryEverythingIsMeant() {
        assertEquals(new Query(null, null, null, null, null, 100), AuditQuery.read(null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    recordingId=1                       | recordingId must be a GUID
                    from=yesterday                      | from must be a date and time such as 2026-01-31T12:00:00Z
                    from=2026-01-31                     | from must be a date and time such as 2026-01-31T12:00:00Z
                    from=-999999999-01-01T00:00:00Z     | from must be a date and time such as 2026-01-31T12:00:00Z
                    to=2026-02-30T00:00:00Z             | to must be a date and time such as 2026-01-31T12:00:00Z
                    to=%2B20000-01-01T00:00:00Z         | to must be a date and time such as 2026-01-31T12:00:00Z
                    limit=0                             | limit must be a number from 1 to 1000
                    limit=1001                          | limit must be a number from 1 to 1000
                    limit=ten                           | limit must be a number from 1 to 1000
                    after=%25                           | after must be what the page before named as next
                    after=MQ                            | after must be what the page before named as next
                    after=MSAy                          | after must be what the page before named as next
                    """)
    void whatMakesNoSenseIsNamed(String query, String message) {
        BadQueryException refused = assertThrows(BadQueryException.class, () -> AuditQuery.read(query));
        assertEquals(message, refused.getMessage());
    }
}
