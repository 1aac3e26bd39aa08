package org.liverecordings.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.support.FakeSuite;
import org.liverecordings.support.FakeSuite.Behaviour;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;

class SuiteFaultsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final String JSON = "application/json";
    private static final String CHUNK = "1000\r\n" + "x".repeat(0x1000) + "\r\n";

    private static FakeSuite suite;
    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        suite = FakeSuite.start();
        service = ServiceProcess.start(SuiteInTrouble.settings(suite.uri()));
    }

    @AfterAll
    static void stop() {
        service.close();
        suite.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("accepted, then silent", FakeSuite.silence(), 504),
                Arguments.of("reset before the reply", FakeSuite.reset(""), 504),
                Arguments.of("reset in the reply", FakeSuite.reset("HTTP/1.1 204 No Co"), 504),
                Arguments.of("slow drip of a header", FakeSuite.drip("HTTP/1.1 204 No Content\r\nX: "), 504),
                Arguments.of(
                        "slow drip of a 400",
                        FakeSuite.drip("HTTP/1.1 400 Bad\r\nContent-Length: 9999\r\n\r\n{\"reason\":1,"),
                        504),
                Arguments.of("endless headers", FakeSuite.flood("HTTP/1.1 204 No Content\r\n", "X: y\r\n"), 504),
                Arguments.of("not HTTP", FakeSuite.reset("220 mail.example.com ESMTP\r\n"), 504),
                Arguments.of("500", FakeSuite.answer(500), 500),
                Arguments.of("501", FakeSuite.answer(501), 500),
                Arguments.of("507", FakeSuite.answer(507), 500),
                Arguments.of("429", FakeSuite.answer(429), 504),
                Arguments.of("502 html", FakeSuite.answer(502, "text/html", "<h1>Bad Gateway</h1>"), 504),
                Arguments.of("503", FakeSuite.answer(503), 504),
                Arguments.of("504", FakeSuite.answer(504), 504),
                Arguments.of("malformed JSON", FakeSuite.answer(400, JSON, "{\"reason\":1,\"deviceN"), 500),
                Arguments.of("JSON of another shape", FakeSuite.answer(400, JSON, "[\"reason\"]"), 500),
                Arguments.of("unknown reason", FakeSuite.answer(400, JSON, "{\"reason\":3}"), 500),
                Arguments.of("html in a 400", FakeSuite.answer(400, "text/html", "<p>Bad Request</p>"), 500),
                Arguments.of(
                        "huge body of known length",
                        FakeSuite.flood("HTTP/1.1 400 Bad\r\nContent-Length: 9999999999\r\n\r\n", "x".repeat(8192)),
                        500),
                Arguments.of(
                        "huge body of unknown length",
                        FakeSuite.flood("HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNK),
                        500),
                Arguments.of("401", FakeSuite.answer(401), 500),
                Arguments.of("403", FakeSuite.answer(403), 500),
                Arguments.of("404 html", FakeSuite.answer(404, "text/html", "<h1>Not Found</h1>"), 500),
                Arguments.of("302", FakeSuite.answer(302), 500),
                Arguments.of("200 instead of 204", FakeSuite.answer(200, JSON, "{}"), 500),
                Arguments.of(
                        "409 with an endless body",
                        FakeSuite.flood("HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNK),
                        409),
                Arguments.of(
                        "409 reset in its body",
                        FakeSuite.reset("HTTP/1.1 409 Conflict\r\nContent-Length: 99\r\n\r\n{"),
                        409));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("faults")
    void aFaultIsAnsweredInTheContractsTermsWithinTheDeadline(String name, Behaviour fault, int expected) {
        suite.behave(fault);
        String target = SuiteInTrouble.byId(UUID.randomUUID());

        SuiteInTrouble.Timed timed = SuiteInTrouble.timed(() -> SuiteInTrouble.stop(service, target));

        SuiteInTrouble.assertProblem(expected, timed.answer());
        timed.assertWithin(DEADLINE);
    }

    @Test
    void aRefusedConnectionIs504AndLeavesNoStopPending() {
        int port = ServiceProcess.freePort();
        try (ServiceProcess before =
                ServiceProcess.start(SuiteInTrouble.settings(URI.create("http://127.0.0.1:" + port)))) {
            String target = SuiteInTrouble.byId(UUID.randomUUID());

            SuiteInTrouble.Timed timed = SuiteInTrouble.timed(() -> SuiteInTrouble.stop(before, target));

            SuiteInTrouble.assertProblem(504, timed.answer());
            timed.assertWithin(DEADLINE);
            assertTrue(before.log().contains("outcome=failed"), before.log());
        }
    }

    @Test
    void aConnectionThatNobodyAcceptsIs504() throws IOException {
        // With a backlog of 1 the kernel takes a connection or two, and leaves the next ones without an answer.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            List<Socket> fillers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                fillers.add(new Socket(full.getInetAddress(), full.getLocalPort()));
            }
            try (ServiceProcess before = ServiceProcess.start(
                    SuiteInTrouble.settings(URI.create("http://127.0.0.1:" + full.getLocalPort())))) {
                String target = SuiteInTrouble.byId(UUID.randomUUID());

                SuiteInTrouble.Timed timed = SuiteInTrouble.timed(() -> SuiteInTrouble.stop(before, target));

                SuiteInTrouble.assertProblem(504, timed.answer());
                timed.assertWithin(DEADLINE);
            }
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void theLogSaysThatOurUserIsRefused() {
        suite.behave(FakeSuite.answer(401));

        RawHttp.Answer answer = SuiteInTrouble.stop(service, SuiteInTrouble.byId(UUID.randomUUID()));

        SuiteInTrouble.assertProblem(500, answer);
        assertTrue(
                service.log()
                        .contains("UCX Suite answered 401: live-recordings.imagicle.username or password is wrong"),
                service.log());
    }

    @Test
    void aRejectionOfTheWrongContentTypeIsRelayed() {
        suite.behave(FakeSuite.answer(400, "text/plain", "{\"reason\":1,\"deviceName\":\"SEP1\"}"));

        RawHttp.Answer answer = SuiteInTrouble.stop(service, SuiteInTrouble.byId(UUID.randomUUID()));

        assertEquals(400, answer.status());
        assertEquals("{\"reason\":1,\"deviceName\":\"SEP1\"}", answer.body());
    }

    @Test
    void aSuccessThatIsNotTheDocumentedOneLeavesAStopPending() {
        String target = SuiteInTrouble.byId(UUID.randomUUID());
        suite.behave(FakeSuite.answer(200));
        SuiteInTrouble.assertProblem(500, SuiteInTrouble.stop(service, target));
        suite.behave(FakeSuite.answer(409));

        RawHttp.Answer repeated = SuiteInTrouble.stop(service, target);

        SuiteInTrouble.assertStopped(repeated);
        SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(service, target));
    }

    @Test
    void aFailureOfTheSuiteIsNotRepeatedAndLeavesAStopPending() {
        String target = SuiteInTrouble.byId(UUID.randomUUID());
        suite.behave(FakeSuite.answer(500));
        int before = suite.requests().size();
        SuiteInTrouble.assertProblem(500, SuiteInTrouble.stop(service, target));
        int asked = suite.requests().size() - before;
        suite.behave(FakeSuite.answer(409));

        RawHttp.Answer repeated = SuiteInTrouble.stop(service, target);

        assertEquals(1, asked);
        SuiteInTrouble.assertStopped(repeated);
    }

    @Test
    void aTroubledTryIsRepeatedBeforeTheClientHearsOfIt() {
        int[] troubles = {2};
        suite.behave(exchange -> (troubles[0]-- > 0 ? FakeSuite.answer(503) : FakeSuite.answer(204)).answer(exchange));

        RawHttp.Answer answer = SuiteInTrouble.stop(service, SuiteInTrouble.byId(UUID.randomUUID()));

        SuiteInTrouble.assertStopped(answer);
    }

    @Test
    void aConnectionClosedWhileIdleIsNoticedByNobody() {
        suite.behave(FakeSuite.answer(204));
        SuiteInTrouble.assertStopped(SuiteInTrouble.stop(service, SuiteInTrouble.byId(UUID.randomUUID())));
        suite.closeConnections();

        RawHttp.Answer answer = SuiteInTrouble.stop(service, SuiteInTrouble.byId(UUID.randomUUID()));

        SuiteInTrouble.assertStopped(answer);
    }

    @Test
    void theDefaultDeadlineIsFiveSeconds() {
        suite.behave(FakeSuite.silence());
        Map<String, String> settings = SuiteInTrouble.settings(suite.uri());
        settings.keySet().removeIf(key -> key.startsWith("LIVE_RECORDINGS_GUARD"));
        try (ServiceProcess unset = ServiceProcess.start(settings)) {
            String target = SuiteInTrouble.byId(UUID.randomUUID());

            SuiteInTrouble.Timed timed = SuiteInTrouble.timed(() -> SuiteInTrouble.stop(unset, target));

            SuiteInTrouble.assertProblem(504, timed.answer());
            timed.assertWithin(Duration.ofSeconds(5));
            assertTrue(timed.millis() >= 4500, "tried for less than the deadline: " + timed.millis() + " ms");
        }
    }
}
