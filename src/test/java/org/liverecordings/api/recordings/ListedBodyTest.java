package org.liverecordings.api.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.ListedRecording.RemoteParty;
import org.liverecordings.recording.store.Timers.Times;

class ListedBodyTest {

    private static final RecordingId ID = new RecordingId(UUID.fromString("75a90276-e47e-4e9e-b463-e3c743d5ff3a"));
    private static final Instant STARTED_AT = Instant.parse("2026-01-01T12:00:00.123456789Z");

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void anItemIsWrittenAsTheVendorWritesIt() throws JsonProcessingException {
        ListedRecording recording = new ListedRecording(
                ID, STARTED_AT, Duration.ofMillis(90_500), "alice", new RemoteParty("Zoë", "Ray", "+39102"), true);
        String body = json.writeValueAsString(ListedBody.of(recording));
        assertEquals(
                "{\"id\":\"75a90276-e47e-4e9e-b463-e3c743d5ff3a\",\"duration\":\"PT1M30S\","
                        + "\"startedAt\":\"2026-01-01T12:00:00.123Z\",\"localParty\":{\"username\":\"alice\"},"
                        + "\"remoteParty\":{\"firstName\":\"Zoë\",\"lastName\":\"Ray\",\"phoneNumber\":\"+39102\"},"
                        + "\"isPaused\":true}",
                body);
    }

    @Test
    void whatHappensByItselfIsThereIfThereIsAny() throws JsonProcessingException {
        ListedRecording recording = new ListedRecording(ID, null, null, null, RemoteParty.UNKNOWN, true);
        String body = json.writeValueAsString(
                ListedBody.of(recording.with(new Times(STARTED_AT, STARTED_AT.plusSeconds(60)))));
        assertTrue(
                body.endsWith("\"isPaused\":true,\"resumesAt\":\"2026-01-01T12:00:00.123Z\","
                        + "\"stopsAt\":\"2026-01-01T12:01:00.123Z\"}"),
                body);
    }

    @Test
    void whatIsUnknownIsNull() throws JsonProcessingException {
        ListedRecording recording =
                new ListedRecording(ID, STARTED_AT, Duration.ZERO, null, RemoteParty.UNKNOWN, false);
        String body = json.writeValueAsString(ListedBody.of(recording));
        assertEquals(
                "{\"id\":\"75a90276-e47e-4e9e-b463-e3c743d5ff3a\",\"duration\":\"PT0S\","
                        + "\"startedAt\":\"2026-01-01T12:00:00.123Z\",\"localParty\":{\"username\":null},"
                        + "\"remoteParty\":{\"firstName\":null,\"lastName\":null,\"phoneNumber\":null},"
                        + "\"isPaused\":false}",
                body);
    }

    @Test
    void whatTheRecorderDoesNotSayIsNull() throws JsonProcessingException {
        ListedRecording recording = new ListedRecording(ID, null, null, null, RemoteParty.UNKNOWN, null);
        String body = json.writeValueAsString(ListedBody.of(recording));
        assertEquals(
                "{\"id\":\"75a90276-e47e-4e9e-b463-e3c743d5ff3a\",\"duration\":null,\"startedAt\":null,"
                        + "\"localParty\":{\"username\":null},"
                        + "\"remoteParty\":{\"firstName\":null,\"lastName\":null,\"phoneNumber\":null},"
                        + "\"isPaused\":null}",
                body);
    }

    @ParameterizedTest
    @CsvSource({"-1500, PT0S", "-1, PT0S", "0, PT0S", "999, PT0S", "1000, PT1S", "3600000, PT1H", "90000000, PT25H"})
    void aDurationIsOfWholeSecondsAndNeverNegative(long millis, String expected) {
        ListedRecording recording =
                new ListedRecording(ID, STARTED_AT, Duration.ofMillis(millis), null, RemoteParty.UNKNOWN, false);
        assertEquals(expected, ListedBody.of(recording).duration());
    }
}
