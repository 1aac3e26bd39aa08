package org.liverecordings.api.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.start.StartRequest;

class StartBodyTest {

    private static final Caller ALICE = new Caller("alice", 10, null, "c-1");

    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " \r\n",
                "\uFEFF",
                "\uFEFF{}",
                "{}",
                "null",
                "{\"deviceName\":null,\"directoryNumber\":null,\"mode\":null}",
                "{\"x\":[7]}"
            })
    void whatNamesNothingMeansTheCallersOwnLine(String body) {
        StartRequest request = StartBody.read(json, ALICE, body);
        assertEquals(new StartRequest(ALICE, true, null, null, null, false), request);
    }

    @Test
    void everyPropertyIsRead() {
        StartRequest request =
                StartBody.read(json, ALICE, "{\"deviceName\":\"SEP1\",\"directoryNumber\":\"+39101\",\"mode\":1}");
        assertEquals(new StartRequest(ALICE, true, "SEP1", "+39101", 1, true), request);
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        StartRequest request = StartBody.read(json, ALICE, "\uFEFF{\"deviceName\":\"SEP1\"}");
        assertEquals(new StartRequest(ALICE, true, "SEP1", null, null, false), request);
    }

    @Test
    void propertyNamesMatchWithoutRegardToCase() {
        StartRequest request =
                StartBody.read(json, ALICE, "{\"DEVICENAME\":\"SEP1\",\"directorynumber\":\"101\",\"Mode\":0}");
        assertEquals(new StartRequest(ALICE, true, "SEP1", "101", 0, true), request);
    }

    @Test
    void aNumberMayBeWrittenAsOne() {
        StartRequest request = StartBody.read(json, ALICE, "{\"directoryNumber\":101}");
        assertEquals(new StartRequest(ALICE, true, null, "101", null, false), request);
    }

    @Test
    void blankNamesAreGiven() {
        StartRequest request = StartBody.read(json, ALICE, "{\"deviceName\":\"\",\"directoryNumber\":\" \"}");
        assertEquals(new StartRequest(ALICE, true, "", " ", null, false), request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "0.5", "1.0", "true", "99999999999", "[0]", "{}", "\"\""})
    void aModeThatIsNoWholeNumberIsGivenButNone(String mode) {
        StartRequest request = StartBody.read(json, ALICE, "{\"deviceName\":\"SEP1\",\"mode\":" + mode + "}");
        assertEquals(new StartRequest(ALICE, true, "SEP1", null, null, true), request);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "PT8H"   | PT8H
            " x "    | ' x '
            ""       | ''
            90       | 90
            true     | true
            {"a":1}  | {"a":1}
            []       | []
            null     |
            """)
    void aMaximumIsTakenAsItStands(String json, String maximum) {
        StartRequest request =
                StartBody.read(this.json, ALICE, "{\"deviceName\":\"SEP1\",\"MaxDuration\":" + json + "}");
        assertEquals(new StartRequest(ALICE, true, "SEP1", null, null, false, maximum), request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "SEP1",
                "[]",
                "[{\"deviceName\":\"SEP1\"}]",
                "\"SEP1\"",
                "7",
                "true",
                "{\"deviceName\":{}}",
                "{\"directoryNumber\":[\"101\"]}"
            })
    void whatIsNoObjectOfPlainValuesCantBeRead(String body) {
        StartRequest request = StartBody.read(json, ALICE, body);
        assertEquals(StartRequest.illegible(ALICE), request);
    }
}
