package org.liverecordings.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.RecordingEvent;

class CloudEventTest {

    private static final UUID ID = new UUID(0, 1);
    private static final Instant AT = Instant.parse("2026-01-01T12:00:00.123456Z");

    @Test
    void aStopHasAllThatIsKnownOfIt() {
        RecordingEvent event = new RecordingEvent(
                ID,
                EventType.STOPPED,
                AT,
                Recordings.id(7),
                DeviceName.of("SEP7"),
                DirectoryNumber.of("+39 7"),
                "al\"ice\n",
                "stop",
                "c-1",
                null,
                "asterisk",
                "east",
                true);
        assertEquals(
                "{\"specversion\":\"1.0\",\"id\":\"00000000-0000-0000-0000-000000000001\","
                        + "\"source\":\"/fw/Apps/Recorder/WebAPI/LiveRecordings\",\"type\":\"recording.stopped\","
                        + "\"time\":\"2026-01-01T12:00:00.123456Z\",\"subject\":\"00000000-0000-0000-0000-000000000007\","
                        + "\"datacontenttype\":\"application/json\",\"data\":{"
                        + "\"recordingId\":\"00000000-0000-0000-0000-000000000007\",\"deviceName\":\"SEP7\","
                        + "\"directoryNumber\":\"+39 7\",\"user\":\"al\\\"ice\\n\",\"operation\":\"stop\",\"correlationId\":\"c-1\","
                        + "\"recorder\":\"asterisk\",\"node\":\"east\",\"inferred\":true}}",
                CloudEvent.json(event));
    }

    @Test
    void whatIsNotKnownIsNullAndHasNoSubject() {
        RecordingEvent event = new RecordingEvent(
                ID, EventType.START_FAILED, AT, null, null, null, null, null, null, null, "imagicle", null, false);
        assertEquals(
                "{\"specversion\":\"1.0\",\"id\":\"00000000-0000-0000-0000-000000000001\","
                        + "\"source\":\"/fw/Apps/Recorder/WebAPI/LiveRecordings\",\"type\":\"recording.start-failed\","
                        + "\"time\":\"2026-01-01T12:00:00.123456Z\",\"datacontenttype\":\"application/json\",\"data\":{"
                        + "\"recordingId\":null,\"deviceName\":null,\"directoryNumber\":null,\"user\":null,\"operation\":null,"
                        + "\"correlationId\":null,\"recorder\":\"imagicle\",\"node\":null,\"inferred\":false}}",
                CloudEvent.json(event));
    }
}
