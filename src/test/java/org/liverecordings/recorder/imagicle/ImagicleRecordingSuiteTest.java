package org.liverecordings.recorder.imagicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.vertx.core.Vertx;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.ListedRecording.RemoteParty;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.NoUsableListException;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.start.StartRejectedException;
import org.liverecordings.recording.stop.StopRejectedException;
import org.liverecordings.recording.stop.StopRejection;
import org.liverecordings.support.FakeSuite;
import org.liverecordings.support.FakeSuite.Behaviour;
import org.liverecordings.support.LogLines;
import org.liverecordings.support.NoTls;

class ImagicleRecordingSuiteTest {

    private static final RecordingId ID =
            RecordingId.parse("75a90276-e47e-4e9e-b463-e3c743d5ff3a").orElseThrow();
    private static final RecordingId OTHER = new RecordingId(new UUID(0, 1));
    private static final RecordingTarget TARGET = new RecordingTarget.ById(ID);
    private static final RecordingTarget NUMBER =
            new RecordingTarget.OnLine(new LineSelector(null, DirectoryNumber.of("+39101")));
    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";
    private static final String JSON = "application/json";
    private static final Duration PATIENCE = Duration.ofMillis(600);

    private static Vertx vertx;

    private FakeSuite suite;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void startSuite() {
        suite = FakeSuite.start();
    }

    @AfterEach
    void stopSuite() {
        suite.close();
    }

    @Test
    void asksByIdAsTheConfiguredUser() {
        ImagicleRecordingSuite recorder = recorder(suite.uri(), 1);

        recorder.stop(TARGET).toCompletableFuture().join();

        FakeSuite.Request request = suite.requests().get(0);
        assertEquals("DELETE " + API + "/" + ID + " HTTP/1.1", request.line());
        assertTrue(request.headers().contains("authorization: Basic c3VpdGU6c2VjcmV0"), request.toString());
    }

    @Test
    void asksByLineWithEveryReservedCharacterEscaped() {
        ImagicleRecordingSuite recorder = recorder(suite.uri(), 1);
        LineSelector line = new LineSelector(DeviceName.of("SEP a&b"), DirectoryNumber.of("\\+39#1"));

        recorder.stop(new RecordingTarget.OnLine(line)).toCompletableFuture().join();

        assertEquals(
                "DELETE " + API + "?deviceName=SEP%20a%26b&directoryNumber=%2B39%231 HTTP/1.1",
                suite.requests().get(0).line());
    }

    @Test
    void keepsAPathThatTheSuiteIsBehind() {
        ImagicleRecordingSuite recorder = recorder(suite.uri().resolve("/behind/"), 1);

        recorder.stop(TARGET).toCompletableFuture().join();

        assertEquals(
                "DELETE /behind" + API + "/" + ID + " HTTP/1.1",
                suite.requests().get(0).line());
    }

    static Stream<Arguments> rejections() {
        return Stream.of(
                Arguments.of("{\"reason\":0}", StopRejection.INVALID_TARGET, null),
                Arguments.of("{\"reason\":1,\"deviceName\":\"SEP1\"}", StopRejection.NOT_MONITORABLE, "SEP1"),
                Arguments.of("{\"reason\":1}", StopRejection.NOT_MONITORABLE, null),
                Arguments.of("{\"reason\":2,\"deviceName\":\"SEP1\"}", StopRejection.AUTOMATIC_RECORDING, null));
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void relaysARejection(String body, StopRejection rejection, String deviceName) {
        suite.behave(FakeSuite.answer(400, JSON, body));

        Throwable failure = failureOf(recorder(suite.uri(), 1).stop(TARGET));

        StopRejectedException rejected = assertInstanceOf(StopRejectedException.class, failure);
        assertEquals(rejection.code(), rejected.code());
        assertEquals(DeviceName.ofNullable(deviceName), rejected.deviceName());
    }

    static Stream<Arguments> troubles() {
        Class<?> failed = RecorderFailedException.class;
        Class<?> unavailable = RecorderUnavailableException.class;
        return Stream.of(
                Arguments.of("401", FakeSuite.answer(401), failed, false),
                Arguments.of("403", FakeSuite.answer(403), failed, false),
                Arguments.of("404 html", FakeSuite.answer(404, "text/html", "<p>no</p>"), failed, false),
                Arguments.of("302", FakeSuite.answer(302), failed, false),
                Arguments.of("200", FakeSuite.answer(200), failed, true),
                Arguments.of("200 html", FakeSuite.answer(200, "text/html", "<h1>Error</h1>"), failed, true),
                Arguments.of("500", FakeSuite.answer(500), failed, true),
                Arguments.of("500 html", FakeSuite.answer(500, "text/html", "<h1>Error</h1>"), failed, true),
                Arguments.of(
                        "500 cut short",
                        FakeSuite.reset("HTTP/1.1 500 Any\r\nContent-Length: 9\r\n\r\n{"),
                        failed,
                        true),
                Arguments.of("501", FakeSuite.answer(501), failed, true),
                Arguments.of("502", FakeSuite.answer(502), unavailable, true),
                Arguments.of("503", FakeSuite.answer(503), unavailable, true),
                Arguments.of("504", FakeSuite.answer(504), unavailable, true),
                Arguments.of("505", FakeSuite.answer(505), failed, true),
                Arguments.of("507", FakeSuite.answer(507), failed, true),
                Arguments.of("599", FakeSuite.answer(599), failed, true),
                Arguments.of("408", FakeSuite.answer(408), unavailable, false),
                Arguments.of("429", FakeSuite.answer(429), unavailable, false),
                Arguments.of("429 with Retry-After", throttled(), unavailable, false),
                Arguments.of("301", FakeSuite.answer(301), failed, false),
                Arguments.of("308", FakeSuite.answer(308), failed, false),
                Arguments.of("400 not JSON", FakeSuite.answer(400, JSON, "{\"reason\":"), failed, false),
                Arguments.of("400 empty", FakeSuite.answer(400), failed, false),
                Arguments.of("400 null", FakeSuite.answer(400, JSON, "null"), failed, false),
                Arguments.of("400 array", FakeSuite.answer(400, JSON, "[1]"), failed, false),
                Arguments.of("400 reason 9", FakeSuite.answer(400, JSON, "{\"reason\":9}"), failed, false),
                Arguments.of("400 text", FakeSuite.answer(400, JSON, "{\"reason\":\"1\"}"), failed, false),
                Arguments.of(
                        "400 huge",
                        FakeSuite.answer(400, JSON, "{\"x\":\"" + "x".repeat(99_999) + "\"}"),
                        failed,
                        false),
                Arguments.of(
                        "400 cut short",
                        FakeSuite.reset("HTTP/1.1 400 Bad\r\nContent-Length: 99\r\n\r\n{\"rea"),
                        unavailable,
                        false),
                Arguments.of(
                        "400 drips",
                        FakeSuite.drip("HTTP/1.1 400 Bad\r\nContent-Length: 9999\r\n\r\n{\"rea"),
                        unavailable,
                        false),
                Arguments.of("drips a header", FakeSuite.drip("HTTP/1.1 204 No Content\r\nX: "), unavailable, true),
                Arguments.of("silent", FakeSuite.silence(), unavailable, true),
                Arguments.of("reset at once", FakeSuite.reset(""), unavailable, true),
                Arguments.of("reset in a header", FakeSuite.reset("HTTP/1.1 204 No Con"), unavailable, true),
                Arguments.of("not HTTP", FakeSuite.reset("SSH-2.0-OpenSSH_9.2\r\n\r\n"), unavailable, true),
                Arguments.of(
                        "endless headers",
                        FakeSuite.flood("HTTP/1.1 204 No Content\r\n", "X: y\r\n"),
                        unavailable,
                        true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void tellsWhetherATroubledStopMayHaveArrived(
            String name, Behaviour behaviour, Class<?> expected, boolean mayHaveArrived) {
        suite.behave(behaviour);

        Throwable failure = failureOf(recorder(suite.uri(), 1).stop(TARGET));

        assertInstanceOf(expected, failure);
        assertEquals(mayHaveArrived, ((RecorderException) failure).mayHaveArrived(), failure.toString());
    }

    static Stream<Arguments> brokenConflicts() {
        return Stream.of(
                Arguments.of("reset", FakeSuite.reset("HTTP/1.1 409 Conflict\r\nContent-Length: 99\r\n\r\n{")),
                Arguments.of("drips", FakeSuite.drip("HTTP/1.1 409 Conflict\r\nContent-Length: 9999\r\n\r\n{")),
                Arguments.of(
                        "endless",
                        FakeSuite.flood(
                                "HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n",
                                "1000\r\n" + "x".repeat(0x1000) + "\r\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenConflicts")
    void aStatusThatHasComeCountsWhateverBecomesOfTheBody(String name, Behaviour behaviour) {
        suite.behave(behaviour);

        Throwable failure = failureOf(recorder(suite.uri(), 1).stop(TARGET));

        assertInstanceOf(NoLiveRecordingException.class, failure);
    }

    @Test
    void aRefusedConnectionCarriedNothing() {
        suite.close();

        Throwable failure = failureOf(recorder(suite.uri(), 1).stop(TARGET));

        assertFalse(
                assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
    }

    @Test
    void aHandshakeThatNeverEndsCarriedNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            URI uri = URI.create("https://127.0.0.1:" + silent.getLocalPort());

            Throwable failure = failureOf(recorder(uri, 1).stop(TARGET));

            assertFalse(assertInstanceOf(RecorderUnavailableException.class, failure)
                    .mayHaveArrived());
        }
    }

    @Test
    void aRequestThatWaitedTooLongForAConnectionIsNeverSent() {
        suite.behave(FakeSuite.silence());
        ImagicleRecordingSuite recorder = recorder(suite.uri(), 1);
        List<CompletionStage<Void>> asked = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            asked.add(recorder.stop(TARGET));
        }

        List<Throwable> failures =
                asked.stream().map(ImagicleRecordingSuiteTest::failureOf).toList();

        suite.behave(FakeSuite.answer(204));
        assertNull(failureOf(recorder.stop(TARGET)));
        long mayHaveArrived = failures.stream()
                .filter(failure -> ((RecorderException) failure).mayHaveArrived())
                .count();
        assertTrue(mayHaveArrived < asked.size(), "not all got a connection in time");
        assertTrue(suite.requests().size() - 1 <= mayHaveArrived, "none was sent after its asker was told it wasn't");
    }

    @Test
    void aConnectionThatTheSuiteClosedWhileIdleIsReplaced() {
        ImagicleRecordingSuite recorder = recorder(suite.uri(), 1);
        recorder.stop(TARGET).toCompletableFuture().join();
        suite.closeConnections();

        // Until the client has read the end of the connection, a request on it is lost; the guard would try again.
        Awaitility.await().until(() -> failureOf(recorder.stop(TARGET)) == null);

        assertEquals(2, suite.accepted());
    }

    @Test
    void aConnectionIsUsedAgain() {
        ImagicleRecordingSuite recorder = recorder(suite.uri(), 1);
        recorder.stop(TARGET).toCompletableFuture().join();

        recorder.stop(TARGET).toCompletableFuture().join();

        assertEquals(1, suite.accepted());
    }

    // Starting

    static Stream<Arguments> starts() {
        return Stream.of(
                Arguments.of(
                        new LineSelector(DeviceName.of("SEP1"), DirectoryNumber.of("+39101")),
                        RecordingMode.MEDIA_FORKING,
                        "{\"deviceName\":\"SEP1\",\"directoryNumber\":\"+39101\",\"mode\":0}"),
                Arguments.of(
                        new LineSelector(DeviceName.of("Büro \"1\""), null),
                        RecordingMode.DIAL_IN,
                        "{\"deviceName\":\"Büro \\\"1\\\"\",\"mode\":1}"),
                Arguments.of(
                        new LineSelector(null, DirectoryNumber.of("101")),
                        RecordingMode.DIAL_IN,
                        "{\"directoryNumber\":\"101\",\"mode\":1}"));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void startsWhatIsNamedInTheBody(LineSelector line, RecordingMode mode, String body) {
        suite.behave(FakeSuite.answer(201, JSON, "{\"id\":\"{75A90276-E47E-4E9E-B463-E3C743D5FF3A}\"}"));

        RecordingId started =
                recorder(suite.uri(), 1).start(line, mode).toCompletableFuture().join();

        FakeSuite.Request request = suite.requests().get(0);
        assertEquals(ID, started);
        assertEquals("POST " + API + " HTTP/1.1", request.line());
        assertEquals(body, request.body());
        assertTrue(request.headers().contains("content-type: application/json"), request.toString());
        assertTrue(request.headers().contains("authorization: Basic c3VpdGU6c2VjcmV0"), request.toString());
    }

    static Stream<Arguments> startRejections() {
        return Stream.of(
                Arguments.of("{\"reason\":0}", 0, null),
                Arguments.of("{\"reason\":1,\"deviceName\":\"SEP1\"}", 1, "SEP1"),
                Arguments.of("{\"reason\":1}", 1, null),
                Arguments.of("{\"reason\":2,\"deviceName\":\"SEP1\"}", 2, null),
                Arguments.of("{\"reason\":3}", 3, null),
                Arguments.of("{\"reason\":4}", 4, null));
    }

    @ParameterizedTest
    @MethodSource("startRejections")
    void relaysARejectedStart(String body, int code, String deviceName) {
        suite.behave(FakeSuite.answer(400, JSON, body));

        Throwable failure = failureOf(start());

        StartRejectedException rejected = assertInstanceOf(StartRejectedException.class, failure);
        assertEquals(code, rejected.code());
        assertEquals(DeviceName.ofNullable(deviceName), rejected.deviceName());
    }

    @Test
    void aLineWithoutACallHasNoneToRecord() {
        suite.behave(FakeSuite.answer(409));

        Throwable failure = failureOf(start());

        assertInstanceOf(NoConnectedCallException.class, failure);
    }

    @Test
    void aLineThatIsBeingRecordedIsAlreadySo() {
        suite.behave(FakeSuite.answer(429));

        Throwable failure = failureOf(start());

        assertEquals(
                "the line is being recorded",
                assertInstanceOf(AlreadySoException.class, failure).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"501, false", "503, true"})
    void aSuiteThatCantRecordIsIncapable(int status, boolean forNow) {
        suite.behave(FakeSuite.answer(status));

        Throwable failure = failureOf(start());

        assertEquals(
                forNow,
                assertInstanceOf(RecorderIncapableException.class, failure).forNow());
    }

    static Stream<Arguments> troubledStarts() {
        Class<?> failed = RecorderFailedException.class;
        Class<?> unavailable = RecorderUnavailableException.class;
        return Stream.of(
                Arguments.of("500", FakeSuite.answer(500), failed, true),
                Arguments.of("502", FakeSuite.answer(502), unavailable, true),
                Arguments.of("504", FakeSuite.answer(504), unavailable, true),
                Arguments.of("507", FakeSuite.answer(507), failed, true),
                Arguments.of("429 with Retry-After", throttled(), unavailable, false),
                Arguments.of("302", FakeSuite.answer(302), failed, false),
                Arguments.of("401", FakeSuite.answer(401), failed, false),
                Arguments.of("403", FakeSuite.answer(403), failed, false),
                Arguments.of("404", FakeSuite.answer(404), failed, false),
                Arguments.of("200", FakeSuite.answer(200, JSON, "{\"id\":\"" + ID + "\"}"), failed, true),
                Arguments.of("201 no body", FakeSuite.answer(201), failed, true),
                Arguments.of("201 not JSON", FakeSuite.answer(201, JSON, "{\"id\":"), failed, true),
                Arguments.of("201 array", FakeSuite.answer(201, JSON, "[]"), failed, true),
                Arguments.of("201 null", FakeSuite.answer(201, JSON, "null"), failed, true),
                Arguments.of("201 no id", FakeSuite.answer(201, JSON, "{}"), failed, true),
                Arguments.of("201 id a number", FakeSuite.answer(201, JSON, "{\"id\":7}"), failed, true),
                Arguments.of("201 garbage id", FakeSuite.answer(201, JSON, "{\"id\":\"1-1-1-1-1\"}"), failed, true),
                Arguments.of("400 reason 5", FakeSuite.answer(400, JSON, "{\"reason\":5}"), failed, false),
                Arguments.of("400 empty", FakeSuite.answer(400), failed, false),
                Arguments.of(
                        "201 cut short",
                        FakeSuite.reset("HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{\"id"),
                        unavailable,
                        true),
                Arguments.of("silent", FakeSuite.silence(), unavailable, true),
                Arguments.of("reset", FakeSuite.reset(""), unavailable, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubledStarts")
    void tellsWhetherATroubledStartMayHaveArrived(
            String name, Behaviour behaviour, Class<?> expected, boolean mayHaveArrived) {
        suite.behave(behaviour);

        Throwable failure = failureOf(start());

        assertInstanceOf(expected, failure);
        assertEquals(mayHaveArrived, ((RecorderException) failure).mayHaveArrived(), failure.toString());
    }

    // Pausing and resuming

    @Test
    void pausesById() {
        recorder(suite.uri(), 1).pause(TARGET).toCompletableFuture().join();

        FakeSuite.Request request = suite.requests().get(0);
        assertEquals("PUT " + API + "/" + ID + "/Pause HTTP/1.1", request.line());
        assertEquals("", request.body());
    }

    @Test
    void pausesByNumber() {
        recorder(suite.uri(), 1).pause(NUMBER).toCompletableFuture().join();

        assertEquals(
                "PUT " + API + "/Pause?directoryNumber=%2B39101 HTTP/1.1",
                suite.requests().get(0).line());
    }

    @Test
    void resumesById() {
        recorder(suite.uri(), 1).resume(TARGET).toCompletableFuture().join();

        assertEquals(
                "PUT " + API + "/" + ID + "/Resume HTTP/1.1",
                suite.requests().get(0).line());
    }

    @Test
    void resumesByNumber() {
        recorder(suite.uri(), 1).resume(NUMBER).toCompletableFuture().join();

        assertEquals(
                "PUT " + API + "/Resume?directoryNumber=%2B39101 HTTP/1.1",
                suite.requests().get(0).line());
    }

    @ParameterizedTest
    @CsvSource({
        "400, PauseRejectedException, INVALID_TARGET",
        "409, NoLiveRecordingException, no such live recording",
        "429, AlreadySoException, the recording is paused",
        "401, RecorderFailedException, UCX Suite refuses our user: 401",
        "404, RecorderFailedException, UCX Suite answered 404",
        "200, RecorderFailedException, UCX Suite answered 200",
        "302, RecorderFailedException, UCX Suite answered 302",
        "500, RecorderFailedException, UCX Suite answered 500",
        "501, RecorderFailedException, UCX Suite answered 501",
        "502, RecorderUnavailableException, UCX Suite answered 502",
        "503, RecorderUnavailableException, UCX Suite answered 503",
        "504, RecorderUnavailableException, UCX Suite answered 504",
        "599, RecorderFailedException, UCX Suite answered 599"
    })
    void aPauseThatIsNotConfirmedFails(int status, String failure, String message) {
        suite.behave(FakeSuite.answer(status));

        Throwable thrown = failureOf(recorder(suite.uri(), 1).pause(TARGET));

        assertEquals(failure, thrown.getClass().getSimpleName());
        assertEquals(message, thrown.getMessage());
    }

    @Test
    void aThrottledPauseIsNotTakenForAPausedRecording() {
        suite.behave(throttled());

        Throwable failure = failureOf(recorder(suite.uri(), 1).pause(TARGET));

        assertFalse(
                assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
    }

    @Test
    void aRecordingThatIsNotPausedCantBeResumed() {
        suite.behave(FakeSuite.answer(429));

        Throwable failure = failureOf(recorder(suite.uri(), 1).resume(TARGET));

        assertEquals(
                "the recording isn't paused",
                assertInstanceOf(AlreadySoException.class, failure).getMessage());
    }

    // Listing

    @Test
    void listsByEveryCriterion() {
        suite.behave(FakeSuite.answer(200, JSON, "[]"));

        List<ListedRecording> listed = list(ListFilter.of("SEP1", "+39101", "alice & bob", "7"));

        assertEquals(List.of(), listed);
        assertEquals(
                "GET " + API + "?deviceName=SEP1&directoryNumber=%2B39101&username=alice%20%26%20bob&numericUserId=7"
                        + " HTTP/1.1",
                suite.requests().get(0).line());
    }

    @Test
    void listsAllWithoutAQuery() {
        suite.behave(FakeSuite.answer(200, JSON, "[]"));

        list(ListFilter.ALL);

        assertEquals("GET " + API + " HTTP/1.1", suite.requests().get(0).line());
    }

    @Test
    void readsWhatIsListed() {
        suite.behave(FakeSuite.answer(200, JSON, """
                [{"id": "75A90276-E47E-4e9e-B463-E3C743D5FF3A", "duration": "PT1M30.5S",
                  "startedAt": "2026-01-01T13:00:00.123+01:00", "localParty": {"username": "alice"},
                  "remoteParty": {"firstName": "Zoë", "lastName": null, "phoneNumber": "+39102"}, "isPaused": true},
                 {"id": "00000000-0000-0000-0000-000000000001", "duration": "PT0S", "startedAt": "2026-01-01T12:00:00Z",
                  "localParty": null, "remoteParty": null, "isPaused": false},
                 {"id": "00000000-0000-0000-0000-000000000002", "duration": "PT0S", "startedAt": "2026-01-01T12:00:00Z",
                  "localParty": {"username": null}, "new": [7]}]
                """));

        List<ListedRecording> listed = list(ListFilter.ALL);

        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        assertEquals(
                List.of(
                        new ListedRecording(
                                ID,
                                noon.plusMillis(123),
                                Duration.ofMillis(90_500),
                                "alice",
                                new RemoteParty("Zoë", null, "+39102"),
                                true),
                        new ListedRecording(
                                new RecordingId(new UUID(0, 1)), noon, Duration.ZERO, null, RemoteParty.UNKNOWN, false),
                        new ListedRecording(
                                new RecordingId(new UUID(0, 2)),
                                noon,
                                Duration.ZERO,
                                null,
                                new RemoteParty(null, null, null),
                                null)),
                listed);
    }

    static Stream<Arguments> oddItems() {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        Duration minute = Duration.ofMinutes(1);
        RemoteParty zoe = new RemoteParty("Zoë", null, "+39102");
        return Stream.of(
                Arguments.of("\"startedAt\":\"2026-01-01T12:00:00\"", listed(null, minute, "alice", zoe, false)),
                Arguments.of("\"startedAt\":\"noon\"", listed(null, minute, "alice", zoe, false)),
                Arguments.of("\"startedAt\":1767268800", listed(null, minute, "alice", zoe, false)),
                Arguments.of(
                        "\"startedAt\":\"+999999999999-01-01T00:00:00Z\"", listed(null, minute, "alice", zoe, false)),
                Arguments.of("\"startedAt\":null", listed(null, minute, "alice", zoe, false)),
                Arguments.of("\"duration\":null", listed(noon, null, "alice", zoe, false)),
                Arguments.of("\"duration\":\"90\"", listed(noon, null, "alice", zoe, false)),
                Arguments.of("\"duration\":\"00:01:30\"", listed(noon, null, "alice", zoe, false)),
                Arguments.of("\"duration\":\"P1Y\"", listed(noon, null, "alice", zoe, false)),
                Arguments.of("\"duration\":\"PT99999999999999999999S\"", listed(noon, null, "alice", zoe, false)),
                Arguments.of("\"duration\":90", listed(noon, null, "alice", zoe, false)),
                Arguments.of("\"isPaused\":null", listed(noon, minute, "alice", zoe, null)),
                Arguments.of("\"isPaused\":\"no\"", listed(noon, minute, "alice", zoe, null)),
                Arguments.of("\"isPaused\":1", listed(noon, minute, "alice", zoe, null)),
                Arguments.of("\"localParty\":\"alice\"", listed(noon, minute, null, zoe, false)),
                Arguments.of("\"localParty\":[\"alice\"]", listed(noon, minute, null, zoe, false)),
                Arguments.of("\"localParty\":{\"username\":7}", listed(noon, minute, null, zoe, false)),
                Arguments.of("\"localParty\":{}", listed(noon, minute, null, zoe, false)),
                Arguments.of("\"localParty\":null", listed(noon, minute, null, zoe, false)),
                Arguments.of("\"remoteParty\":7", listed(noon, minute, "alice", RemoteParty.UNKNOWN, false)),
                Arguments.of(
                        "\"remoteParty\":{\"firstName\":{},\"phoneNumber\":39102}",
                        listed(noon, minute, "alice", RemoteParty.UNKNOWN, false)),
                Arguments.of("\"new\":[{\"id\":7}]", listed(noon, minute, "alice", zoe, false)));
    }

    /** Of two members of one name the later one counts. */
    @ParameterizedTest
    @MethodSource("oddItems")
    void whatCantBeReadOfAnItemIsUnknownAndTheOthersAreRead(String member, ListedRecording expected) {
        suite.behave(FakeSuite.answer(200, JSON, "[" + item(ID, member) + "," + item(OTHER, "\"x\":1") + "]"));

        List<ListedRecording> listed = list(ListFilter.ALL);

        assertEquals(expected, listed.get(0));
        assertEquals(OTHER, listed.get(1).id());
        assertEquals("alice", listed.get(1).username());
        assertEquals(2, listed.size());
    }

    @Test
    void anItemWithNothingButAnIdIsListed() {
        suite.behave(FakeSuite.answer(200, JSON, "[{\"id\":\"" + ID + "\"}]"));

        List<ListedRecording> listed = list(ListFilter.ALL);

        assertEquals(List.of(listed(null, null, null, RemoteParty.UNKNOWN, null)), listed);
    }

    @Test
    void anItemWithoutAnIdIsLeftOutAndLoggedOnce() {
        suite.behave(FakeSuite.answer(
                200,
                JSON,
                "[null,7,\"x\",[],{},{\"id\":null},{\"id\":7},{\"id\":\"1-1-1-1-1\"}," + item(ID, "\"x\":1") + "]"));
        ImagicleRecordingSuite recorder = recorder(suite.uri(), 1);
        try (LogLines log = LogLines.listen()) {
            recorder.list(ListFilter.ALL).toCompletableFuture().join();

            List<ListedRecording> listed =
                    recorder.list(ListFilter.ALL).toCompletableFuture().join();

            assertEquals(List.of(ID), listed.stream().map(ListedRecording::id).toList());
            assertEquals(
                    List.of("UCX Suite lists what isn't a recording with an id; it is left out, and not reported again"
                            + " id=null"),
                    log.with("UCX Suite lists"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\uFEFF[]"})
    void aListMayBeEmpty(String body) {
        suite.behave(FakeSuite.answer(200, JSON, body));

        assertEquals(List.of(), list(ListFilter.ALL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[", "<html>", "[]]"})
    void aListThatMakesNoSenseIsAFailure(String body) {
        suite.behave(FakeSuite.answer(200, JSON, body));

        Throwable failure = failureOf(recorder(suite.uri(), 1).list(ListFilter.ALL));

        NoUsableListException failed = assertInstanceOf(NoUsableListException.class, failure);
        assertEquals("UCX Suite answered 200 with a body that makes no sense", failed.getMessage());
        assertFalse(failed.mayHaveArrived());
    }

    @ParameterizedTest
    @CsvSource({
        "204, NoUsableListException",
        "302, NoUsableListException",
        "404, NoUsableListException",
        "429, RecorderUnavailableException",
        "500, RecorderFailedException",
        "501, NoUsableListException",
        "502, RecorderUnavailableException",
        "503, RecorderUnavailableException",
        "504, RecorderUnavailableException"
    })
    void aListThatIsNotGivenIsAFailureThatChangedNothing(int status, String failure) {
        suite.behave(FakeSuite.answer(status));

        Throwable thrown = failureOf(recorder(suite.uri(), 1).list(ListFilter.ALL));

        assertEquals(failure, thrown.getClass().getSimpleName());
        assertFalse(((RecorderException) thrown).mayHaveArrived());
    }

    // Where it is

    @Test
    void aHostsNameMayHaveAnUnderscore() {
        Throwable failure =
                failureOf(recorder(vertx, "http://no_such_host.invalid", 1).stop(TARGET));

        RecorderUnavailableException unavailable = assertInstanceOf(RecorderUnavailableException.class, failure);
        assertTrue(unavailable.getMessage().contains("no_such_host.invalid"), unavailable.getMessage());
        assertFalse(unavailable.mayHaveArrived());
    }

    @Test
    void aSuiteIsAskedAtAnAddressOfIpv6() throws IOException {
        try (ServerSocket ipv6 = new ServerSocket(0, 10, InetAddress.getByName("::1"))) {
            CompletionStage<Void> stopped =
                    recorder(vertx, "http://[::1]:" + ipv6.getLocalPort(), 1).stop(TARGET);

            try (Socket socket = ipv6.accept()) {
                socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertNull(failureOf(stopped));
            }
        }
    }

    private static String item(RecordingId id, String member) {
        return "{\"id\":\"" + id + "\",\"duration\":\"PT1M\",\"startedAt\":\"2026-01-01T12:00:00Z\","
                + "\"localParty\":{\"username\":\"alice\"},\"remoteParty\":{\"firstName\":\"Zoë\",\"lastName\":null,"
                + "\"phoneNumber\":\"+39102\"},\"isPaused\":false," + member + "}";
    }

    private static ListedRecording listed(
            Instant startedAt, Duration duration, String username, RemoteParty remoteParty, Boolean paused) {
        return new ListedRecording(ID, startedAt, duration, username, remoteParty, paused);
    }

    private static Behaviour throttled() {
        return exchange ->
                exchange.write("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
    }

    private CompletionStage<RecordingId> start() {
        return recorder(suite.uri(), 1)
                .start(new LineSelector(DeviceName.of("SEP1"), null), RecordingMode.MEDIA_FORKING);
    }

    private List<ListedRecording> list(ListFilter filter) {
        return recorder(suite.uri(), 1).list(filter).toCompletableFuture().join();
    }

    private static ImagicleRecordingSuite recorder(URI uri, int connections) {
        return recorder(vertx, uri.toString(), connections);
    }

    private static ImagicleRecordingSuite recorder(Vertx vertx, String url, int connections) {
        return new ImagicleRecordingSuite(vertx, new NoTls(), new Config(url, connections), PATIENCE);
    }

    private static Throwable failureOf(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().join();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private record Config(String address, int connections) implements ImagicleConfig {

        @Override
        public Optional<String> url() {
            return Optional.of(address);
        }

        @Override
        public Optional<String> username() {
            return Optional.of("suite");
        }

        @Override
        public Optional<String> password() {
            return Optional.of("secret");
        }

        @Override
        public Optional<String> passwordFile() {
            return Optional.empty();
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofMillis(300);
        }

        @Override
        public Optional<String> tlsConfigurationName() {
            return Optional.empty();
        }
    }
}
