package org.liverecordings.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveRecordingTest {

    private static final RecordingId ID = new RecordingId(new UUID(0, 1));
    private static final DirectoryNumber NUMBER = DirectoryNumber.of("101");

    @ParameterizedTest
    @CsvSource({
        "DIAL_IN, MANUAL, true",
        "DIAL_IN, AUTOMATIC, false",
        "MEDIA_FORKING, MANUAL, false",
        "MEDIA_FORKING, AUTOMATIC, false"
    })
    void onlyADialInThatSomebodyStartedIsAManualDialIn(RecordingMode mode, RecordingOrigin origin, boolean expected) {
        LiveRecording recording = new LiveRecording(
                ID, DeviceName.of("SEP1"), NUMBER, mode, origin, Recordings.STARTED_AT, RecordingStatus.RECORDING);
        assertEquals(expected, recording.isManualDialIn());
    }

    @Test
    void onlyADialInCanBeWithoutDevice() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new LiveRecording(
                        ID,
                        null,
                        NUMBER,
                        RecordingMode.MEDIA_FORKING,
                        RecordingOrigin.MANUAL,
                        Recordings.STARTED_AT,
                        RecordingStatus.RECORDING));
        assertEquals("deviceName may be empty for a dial-in only", refused.getMessage());
    }
}
