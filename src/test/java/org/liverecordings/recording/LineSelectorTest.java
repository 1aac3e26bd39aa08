package org.liverecordings.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineSelectorTest {

    private static final RecordingId ID = new RecordingId(new UUID(0, 1));

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    asked device | asked number | recorded device | recorded number | selected
                    SEP1         |              | SEP1            | 101             | true
                    sep1         |              | SEP1            | 101             | true
                    SEP2         |              | SEP1            | 101             | false
                    SEP1         |              |                 | 101             | false
                                 | 101          | SEP1            | 101             | true
                                 | 101          |                 | 101             | true
                                 | \\+39101     | SEP1            | +39101          | true
                                 | 102          | SEP1            | 101             | false
                    SEP1         | 101          | SEP1            | 101             | true
                    SEP1         | 102          | SEP1            | 101             | false
                    SEP2         | 101          | SEP1            | 101             | false
                    SEP1         | 101          |                 | 101             | false
                    """)
    void selectsByWhatIsNamed(
            String askedDevice, String askedNumber, String recordedDevice, String recordedNumber, boolean selected) {
        LineSelector selector =
                new LineSelector(DeviceName.ofNullable(askedDevice), DirectoryNumber.ofNullable(askedNumber));
        LiveRecording recording = new LiveRecording(
                ID,
                DeviceName.ofNullable(recordedDevice),
                DirectoryNumber.of(recordedNumber),
                RecordingMode.DIAL_IN,
                RecordingOrigin.MANUAL,
                Recordings.STARTED_AT,
                RecordingStatus.RECORDING);
        assertEquals(selected, selector.selects(recording));
    }

    @Test
    void oneOfTheTwoMustBeNamed() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new LineSelector(null, null));
        assertEquals("neither device name nor directory number", refused.getMessage());
    }
}
