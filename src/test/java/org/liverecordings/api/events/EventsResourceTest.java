package org.liverecordings.api.events;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.liverecordings.api.ApiPaths;
import org.liverecordings.api.GuardedApiProfile;
import org.liverecordings.support.EventReader;
import org.liverecordings.support.EventReader.Message;
import org.liverecordings.support.TestTokens;

/** Who may read the stream, and what is in it. */
@QuarkusTest
@TestProfile(EventsResourceTest.WithEvents.class)
class EventsResourceTest {

    @TestHTTPResource
    URI service;

    @Inject
    EventStreams streams;

    /** With events, which are in memory. */
    public static class WithEvents extends GuardedApiProfile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("live-recordings.events.enabled", "true");
            settings.put("live-recordings.events.streams", "10");
            settings.put("live-recordings.events.poll", "20ms");
            settings.put("live-recordings.sign-in.levels", "supervisors-milan=10:milan");
            settings.put("live-recordings.lines.file", "src/test/resources/events/lines.csv");
            settings.remove("live-recordings.embedded.recordings-file");
            settings.put("live-recordings.webhooks.crm.url", "https://127.0.0.1:1/");
            settings.put("live-recordings.webhooks.crm.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
            return settings;
        }
    }

    @Test
    void withoutATokenNothingIsTold() {
        given().get("/events").then().statusCode(401).body(equalTo(""));
        given().post("/webhooks/crm/replay").then().statusCode(401).body(equalTo(""));
    }

    @Test
    void withoutALevelNothingIsTold() {
        asked("carol", 0).get("/events").then().statusCode(403).body(equalTo(""));
    }

    @Test
    void onlyCompleteManagementMayReplay() {
        asked("bob", 9).post("/webhooks/crm/replay").then().statusCode(403).body(equalTo(""));
        asked("alice", 10).post("/webhooks/crm/replay").then().statusCode(202).body(equalTo(""));
        asked("alice", 10)
                .queryParam("from", "2026-01-01T12:00:00+01:00")
                .post("/webhooks/crm/replay")
                .then()
                .statusCode(202);
    }

    @Test
    void aReplayOfNoneOrFromNoTimeIsRefused() {
        asked("alice", 10)
                .post("/webhooks/other/replay")
                .then()
                .statusCode(404)
                .body("title", equalTo("No such webhook"));
        asked("alice", 10)
                .post("/webhooks/crm/replay?from=yesterday")
                .then()
                .statusCode(400)
                .body("title", equalTo("Bad query: from must be a date and time such as 2026-01-31T12:00:00Z"));
        asked("alice", 10)
                .post("/webhooks/crm/replay?from=2099-01-01T00:00:00Z")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("title", equalTo("Bad query: from must not be in the future"));
    }

    @Test
    void aTypeThatThereIsNotIsRefused() {
        asked("alice", 10)
                .get("/events?type=recording.stopped,x")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("title", containsString("type must be one or more"));
    }

    private static io.restassured.specification.RequestSpecification asked(String user, int level) {
        return given().header("Authorization", "Bearer " + TestTokens.level(user, level));
    }

    @Test
    void whoReadsIsToldWhatHappensOnLinesThatAreHisBusiness() throws Exception {
        try (EventReader alice = read("", "alice", 10, null);
                EventReader bob = read("", "bob", 1, null);
                EventReader eve = read("", "eve", 1, null)) {
            assertEquals("text/event-stream", alice.header("Content-Type").split(";")[0]);
            assertEquals("no", alice.header("X-Accel-Buffering"));
            assertEquals("no-store", alice.header("Cache-Control"));
            for (EventReader reader : List.of(alice, bob, eve)) {
                assertEquals("{\"resumed\":false}", reader.next("ready").data());
            }
            String id = start("SEP00000000E001");
            asked("alice", 10)
                    .put(ApiPaths.LIVE_RECORDINGS + "/" + id + "/Pause")
                    .then()
                    .statusCode(204);
            asked("alice", 10)
                    .delete(ApiPaths.LIVE_RECORDINGS + "/" + id)
                    .then()
                    .statusCode(204);
            String other = start("SEP00000000E002");
            asked("alice", 10)
                    .delete(ApiPaths.LIVE_RECORDINGS + "/" + other)
                    .then()
                    .statusCode(204);
            for (EventReader reader : List.of(alice, bob)) {
                assertEquals(id, reader.next("recording.started").recording());
                assertEquals(id, reader.next("recording.paused").recording());
                assertEquals(id, reader.next("recording.stopped").recording());
            }
            assertEquals(other, alice.next("recording.started").recording());
            assertEquals(other, eve.next("recording.started").recording());
        }
    }

    @Test
    void whoManagesAGroupIsToldWhatHappensOnItsLines() throws Exception {
        try (EventReader mia = EventReader.open(service.resolve("/events"), supervisor(), null)) {
            mia.next("ready");
            String romes = start("SEP00000000E001");
            asked("alice", 10)
                    .delete(ApiPaths.LIVE_RECORDINGS + "/" + romes)
                    .then()
                    .statusCode(204);
            String milans = start("SEP00000000E002");
            assertEquals(milans, mia.next("recording.started").recording());
            asked("alice", 10)
                    .delete(ApiPaths.LIVE_RECORDINGS + "/" + milans)
                    .then()
                    .statusCode(204);
        }
    }

    @Test
    void whoManagesAGroupMayNotReplay() {
        given().header("Authorization", "Bearer " + supervisor())
                .post("/webhooks/crm/replay")
                .then()
                .statusCode(403)
                .body(equalTo(""));
    }

    private static String supervisor() {
        return TestTokens.groups("mia", "supervisors-milan");
    }

    @Test
    void filtersLeaveOutTheRest() throws Exception {
        try (EventReader types = read("?type=recording.stopped", "alice", 10, null);
                EventReader user = read("?username=EVE", "alice", 10, null);
                EventReader device = read("?deviceName=sep00000000e002", "alice", 10, null);
                EventReader number = read("?directoryNumber=%2B39102", "alice", 10, null)) {
            for (EventReader reader : List.of(types, user, device, number)) {
                reader.next("ready");
            }
            String bobs = start("SEP00000000E001");
            asked("alice", 10)
                    .delete(ApiPaths.LIVE_RECORDINGS + "/" + bobs)
                    .then()
                    .statusCode(204);
            String eves = start("SEP00000000E002");
            assertEquals(bobs, types.next("recording.stopped").recording());
            for (EventReader reader : List.of(user, device, number)) {
                assertEquals(eves, reader.next("recording.started").recording());
            }
            asked("alice", 10)
                    .delete(ApiPaths.LIVE_RECORDINGS + "/" + eves)
                    .then()
                    .statusCode(204);
        }
    }

    @Test
    void whoComesBackGoesOnWhereHeWas() throws Exception {
        Message last;
        try (EventReader reader = read("", "alice", 10, null)) {
            reader.next("ready");
            String id = start("SEP00000000E001");
            asked("alice", 10)
                    .delete(ApiPaths.LIVE_RECORDINGS + "/" + id)
                    .then()
                    .statusCode(204);
            last = reader.next("recording.started");
        }
        try (EventReader again = read("", "alice", 10, last.id())) {
            assertEquals("{\"resumed\":true}", again.next("ready").data());
            assertEquals(last.recording(), again.next("recording.stopped").recording());
        }
    }

    @Test
    void whoComesFromNowhereIsToldSo() throws Exception {
        for (String id : List.of("1", "999999999999999999", "x", "-1")) {
            try (EventReader reader = read("", "alice", 10, id)) {
                assertEquals("{\"resumed\":false}", reader.next("ready").data(), id);
            }
        }
    }

    @Test
    void theStreamEndsWithTheToken() throws Exception {
        String token = TestTokens.claims("alice", "call-recording-lv10")
                .expiresIn(Duration.ofSeconds(3))
                .sign(TestTokens.keys().getPrivate());
        // Of a type that no other test causes: what they did a moment ago may be told here still.
        URI nothing = service.resolve("/events?type=recording.start-failed");
        try (EventReader reader = EventReader.open(nothing, token, null)) {
            reader.next("ready");
            assertEquals("{\"reason\":\"sign-in-expired\"}", reader.next("end").data());
            assertEquals(null, reader.next());
        }
    }

    @Test
    void thereAreOnlySoManyAndAPlaceThatIsLeftIsFree() throws Exception {
        // Given
        awaitNobodyReads();
        List<EventReader> readers = new ArrayList<>();
        try {
            fill(readers, "alice");
            fill(readers, "bob");

            // When
            ValidatableResponse answer = asked("carol", 10).get("/events").then();

            // Then
            answer.statusCode(503)
                    .header("Retry-After", "5")
                    .body("title", equalTo("Too many clients read the stream"));
        } finally {
            readers.forEach(EventReader::close);
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (EventReader reader = read("", "carol", 10, null)) {
                return reader.status() == 200;
            }
        });
    }

    /** The end that is sent is a reset, so that the answer's first bytes can't be written any more. */
    @Test
    void aClientThatIsGoneBeforeTheAnswerBeginsLeavesItsPlace() throws Exception {
        // Given
        awaitNobodyReads();
        byte[] asked = ("GET /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + TestTokens.level("alice", 10) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);

        // When
        for (int i = 0; i < 300; i++) {
            try (Socket socket = new Socket(service.getHost(), service.getPort())) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write(asked);
            }
        }

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertEquals(0, streams.size());
            try (EventReader reader = read("", "alice", 10, null)) {
                assertEquals(200, reader.status());
            }
        });
    }

    @Test
    void oneUserLeavesPlacesToOthers() throws Exception {
        // Given
        awaitNobodyReads();
        List<EventReader> readers = new ArrayList<>();
        try {
            fill(readers, "alice");

            // When
            try (EventReader alices = read("", "Alice", 10, null);
                    EventReader bobs = read("", "bob", 1, null)) {

                // Then
                assertEquals(List.of(503, 200), List.of(alices.status(), bobs.status()));
                assertEquals("5", alices.header("Retry-After"));
            }
        } finally {
            readers.forEach(EventReader::close);
        }
    }

    /** Takes the places that one user may have. */
    private void fill(List<EventReader> readers, String user) throws Exception {
        for (int i = 0; i < 5; i++) {
            EventReader reader = read("", user, 10, null);
            readers.add(reader);
            reader.next("ready");
        }
    }

    /** A reader that has gone is noticed a little later. */
    private void awaitNobodyReads() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> streams.size() == 0);
    }

    private EventReader read(String query, String user, int level, String lastId) throws Exception {
        return EventReader.open(service.resolve("/events" + query), TestTokens.level(user, level), lastId);
    }

    private static String start(String device) {
        return asked("alice", 10)
                .body("{\"deviceName\":\"" + device + "\"}")
                .post(ApiPaths.LIVE_RECORDINGS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
