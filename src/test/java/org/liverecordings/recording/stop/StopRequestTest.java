package org.liverecordings.recording.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;

class StopRequestTest {

    private static final Caller ALICE = new Caller("alice", 10, null, "c-1");

    @Test
    void anIdNamesOneRecording() {
        StopRequest request = StopRequest.byId(ALICE, "{00000000-0000-0000-0000-00000000000A}");
        assertEquals(new RecordingTarget.ById(new RecordingId(new UUID(0, 10))), request.target());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "101", "1-1-1-1-1"})
    void whatIsNotAGuidIsRejected(String id) {
        StopRequest request = StopRequest.byId(ALICE, id);
        StopRejectedException rejected = assertThrows(StopRejectedException.class, request::target);
        assertEquals(StopRejection.INVALID_TARGET.code(), rejected.code());
        assertNull(rejected.deviceName());
    }

    @ParameterizedTest
    @CsvSource({"SEP1,", "SEP1,''", "SEP1,' '", ",101", "'',101", "' ',101", "SEP1,101"})
    void oneOfTheTwoNamesIsEnough(String device, String number) {
        StopRequest request = StopRequest.byLine(ALICE, device, number);
        LineSelector expected = new LineSelector(DeviceName.ofNullable(device), DirectoryNumber.ofNullable(number));
        assertEquals(new RecordingTarget.OnLine(expected), request.target());
    }

    @ParameterizedTest
    @CsvSource({",", "'',", ",''", "'',''", "' ','\t'"})
    void neitherNameIsRejected(String device, String number) {
        StopRequest request = StopRequest.byLine(ALICE, device, number);
        StopRejectedException rejected = assertThrows(StopRejectedException.class, request::target);
        assertEquals(StopRejection.INVALID_TARGET.code(), rejected.code());
    }

    @Test
    void howALineIsSpelledDoesntMatter() {
        StopRequest one = StopRequest.byLine(ALICE, "SEP1", "\\+39101");
        StopRequest other = StopRequest.byLine(ALICE, " sep1 ", "+39101");
        assertEquals(one.target(), other.target());
    }

    @Test
    void aCallerHasANameAndACorrelationId() {
        assertThrows(NullPointerException.class, () -> new Caller(null, 10, null, "c-1"));
        assertThrows(NullPointerException.class, () -> new Caller("alice", 10, null, null));
    }
}
