package org.liverecordings.api.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.GuardedApiProfile;
import org.liverecordings.recorder.embedded.EmbeddedCallRecorder;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.TestTokens;

/** The header {@code Idempotency-Key} on what changes something, and the item that tells what became of a recording. */
@QuarkusTest
@TestProfile(GuardedApiProfile.class)
class IdempotencyTest {

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";
    private static final String ID = "0de40000-0000-4000-8000-0000000000";

    @TestHTTPResource("/")
    URI service;

    @Inject
    LiveRecordingRepository registry;

    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void everythingIsBeingRecorded() {
        registry.addAll(EmbeddedCallRecorder.readRecordings(GuardedApiProfile.RECORDINGS, Instant.now()));
    }

    @Test
    void aStopIsToldAgainToWhoeverRepeatsIt() {
        assertEquals(204, send("DELETE", "/" + ID + "01", key).status());
        RawHttp.Answer again = send("DELETE", "/" + ID + "01", key);
        assertEquals(204, again.status());
        assertEquals("", again.body());
        assertEquals(409, send("DELETE", "/" + ID + "01", null).status());
    }

    @ParameterizedTest
    @CsvSource({
        "409, DELETE, /0de40000-0000-4000-8000-000000000099",
        "400, DELETE, /1-1-1-1-1",
        "400, DELETE, ?directoryNumber=702",
        "409, PUT, /0de40000-0000-4000-8000-000000000099/Pause",
        "400, POST, ''",
        "400, PUT, /0de40000-0000-4000-8000-000000000001/Pause?resumeAfter=soon",
    })
    void aRefusalIsToldAgainToTheByte(int status, String method, String rest) {
        RawHttp.Answer first = send(method, rest, key);
        RawHttp.Answer again = send(method, rest, key);
        assertEquals(status, first.status(), first.toString());
        assertEquals(status, again.status());
        assertEquals(first.body(), again.body());
        assertEquals(first.header("content-type"), again.header("content-type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEP\u00e4", "SEP\u20ac", "SEP\uD83D\uDCDE", "SEP\\\"/"})
    void aNameOfAnyCharactersIsToldAgainToTheByte(String device) {
        String body = "{\"deviceName\":\"" + device.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        RawHttp.Answer first = start(body);
        RawHttp.Answer again = start(body);
        assertEquals(400, first.status(), first.toString());
        assertEquals(400, again.status(), again.toString());
        assertEquals(first.body(), again.body());
    }

    private RawHttp.Answer start(String body) {
        return RawHttp.sendBody(
                service,
                "POST",
                API,
                body,
                "Authorization: Bearer " + TestTokens.complete(),
                "Idempotency-Key: " + key);
    }

    @Test
    void aPauseForAnotherTimeIsAnotherRequest() {
        assertEquals(
                204, send("PUT", "/" + ID + "01/Pause?resumeAfter=PT90S", key).status());
        assertEquals(
                204, send("PUT", "/" + ID + "01/Pause?resumeAfter=PT90S", key).status());
        assertEquals(
                422, send("PUT", "/" + ID + "01/Pause?resumeAfter=PT80S", key).status());
        assertEquals(204, send("PUT", "/" + ID + "01/Resume", null).status());
    }

    @Test
    void aPauseIsToldAgain() {
        assertEquals(204, send("PUT", "/" + ID + "01/Pause", key).status());
        assertEquals(204, send("PUT", "/" + ID + "01/Pause", key).status());
        assertEquals(429, send("PUT", "/" + ID + "01/Pause", null).status());
        assertEquals(204, send("PUT", "/" + ID + "01/Resume", null).status());
    }

    @Test
    void theQuotesOfTheHeaderAreNotPartOfTheKey() {
        send("DELETE", "/" + ID + "01", "\"" + key + "\"");
        assertEquals(204, send("DELETE", "/" + ID + "01", key).status());
    }

    @Test
    void theSameKeyForSomethingElseIs422() {
        send("DELETE", "/" + ID + "01", key);
        RawHttp.Answer other = send("DELETE", "/" + ID + "04", key);
        assertEquals(422, other.status());
        assertEquals(List.of("application/problem+json"), other.header("content-type"));
    }

    @Test
    void afterAFailureTheSameKeyIsANewAttempt() {
        RawHttp.Answer first = send("DELETE", "/" + ID + "12", key);
        assertEquals(504, first.status(), first.toString());
        assertEquals(504, send("DELETE", "/" + ID + "12", key).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "a b", "\"a\\\"b\"", "ä"})
    void whatIsNoKeyIsRefused(String header) {
        RawHttp.Answer answer = send("DELETE", "/" + ID + "01", header);
        assertEquals(400, answer.status(), answer.toString());
        assertEquals(List.of("application/problem+json"), answer.header("content-type"));
        assertEquals(200, send("GET", "/" + ID + "01", null).status());
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        assertEquals(400, send("DELETE", "/" + ID + "01", "k".repeat(256)).status());
        assertEquals(204, send("DELETE", "/" + ID + "01", "k".repeat(255)).status());
    }

    @Test
    void whoMayNotIsToldSoBeforeTheKeyIsLookedAt() {
        send("DELETE", "/" + ID + "01", key);
        assertEquals(
                403,
                RawHttp.send(
                                service,
                                "DELETE",
                                API + "/" + ID + "01",
                                "Authorization: Bearer " + TestTokens.level("bob", 9),
                                "Idempotency-Key: " + key)
                        .status());
        assertEquals(
                401,
                RawHttp.send(service, "DELETE", API + "/" + ID + "01", "Idempotency-Key: " + key)
                        .status());
    }

    // One recording

    @Test
    void aLiveRecordingIsTheListsItem() {
        String list = send("GET", "", null).body();
        String item = send("GET", "/" + ID + "01", null).body();
        assertTrue(item.startsWith("{\"id\":\"" + ID + "01\","), item);
        assertTrue(list.contains("\"id\":\"" + ID + "01\""), list);
    }

    @ParameterizedTest
    @CsvSource({"404, /0de40000-0000-4000-8000-000000000099", "400, /1-1-1-1-1"})
    void whatIsNotLiveIs404AndWhatIsNoGuid400(int status, String rest) {
        assertEquals(status, send("GET", rest, null).status());
    }

    @Test
    void whoHasNoLevelIsRefusedAndAnothersRecordingIsNotThere() {
        String path = API + "/" + ID + "01";
        assertEquals(401, RawHttp.send(service, "GET", path).status());
        assertEquals(
                403,
                RawHttp.send(service, "GET", path, "Authorization: Bearer " + TestTokens.level("bob", 0))
                        .status());
        assertEquals(
                404,
                RawHttp.send(service, "GET", path, "Authorization: Bearer " + TestTokens.level("bob", 9))
                        .status());
    }

    private RawHttp.Answer send(String method, String rest, String idempotencyKey) {
        String authorization = "Authorization: Bearer " + TestTokens.complete();
        return idempotencyKey == null
                ? RawHttp.send(service, method, API + rest, authorization)
                : RawHttp.send(service, method, API + rest, authorization, "Idempotency-Key: " + idempotencyKey);
    }
}
