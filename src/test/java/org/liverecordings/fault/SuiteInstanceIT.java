package org.liverecordings.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.quarkus.elytron.security.common.BcryptUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TcpProxy;

/** The service in front of a second instance of itself, which takes the suite's place. */
class SuiteInstanceIT {

    private static final String ID = "75a90276-e47e-4e9e-b463-0000000000";

    @TempDir
    static Path directory;

    private static ServiceProcess upstream;
    private static TcpProxy proxy;
    private static ServiceProcess withRetries;
    private static ServiceProcess withoutRetries;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(directory.resolve("users"), "service:" + BcryptUtil.bcryptHash("secret", 4) + ":10\n");
        StringBuilder lines = new StringBuilder();
        StringBuilder recordings = new StringBuilder();
        for (int i = 10; i < 60; i++) {
            lines.append("SEP0000000000").append(i).append(",1").append(i).append(",alice,");
            lines.append(i != 11).append(',').append(i == 12).append('\n');
            recordings
                    .append(ID)
                    .append(i)
                    .append(",SEP0000000000")
                    .append(i)
                    .append(",1")
                    .append(i);
            recordings.append(i == 13 ? ",dial-in,manual\n" : ",media-forking,manual\n");
        }
        Files.writeString(directory.resolve("lines.csv"), lines);
        Files.writeString(directory.resolve("recordings.csv"), recordings);
        upstream = ServiceProcess.start(upstreamSettings());
        proxy = TcpProxy.to(upstream.uri());
        Map<String, String> settings = SuiteInTrouble.settings(proxy.uri());
        withRetries = ServiceProcess.start(settings);
        settings.put("LIVE_RECORDINGS_GUARD_RETRIES", "0");
        withoutRetries = ServiceProcess.start(settings);
        awaitAnswer(withRetries);
        awaitAnswer(withoutRetries);
    }

    /** A process that has just started may take longer for its first password than the short timeouts of these tests allow. */
    private static void awaitAnswer(ServiceProcess service) {
        Awaitility.await()
                .until(() -> SuiteInTrouble.stop(service, SuiteInTrouble.byId(UUID.randomUUID()))
                                .status()
                        == 409);
    }

    private static Map<String, String> upstreamSettings() {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.put(
                "LIVE_RECORDINGS_BASIC_USERS_FILE", directory.resolve("users").toString());
        settings.put(
                "LIVE_RECORDINGS_LINES_FILE", directory.resolve("lines.csv").toString());
        settings.put(
                "LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE",
                directory.resolve("recordings.csv").toString());
        settings.put("LIVE_RECORDINGS_EMBEDDED_SIMULATE_UNREACHABLE", ID + "14");
        settings.put("LIVE_RECORDINGS_EMBEDDED_SIMULATE_FAILING", ID + "15");
        settings.put("LIVE_RECORDINGS_GUARD_RETRIES", "0");
        settings.put("LIVE_RECORDINGS_GUARD_BREAKER_WINDOW", "10000");
        return settings;
    }

    @AfterAll
    static void stop() {
        withRetries.close();
        withoutRetries.close();
        proxy.close();
        upstream.close();
    }

    @AfterEach
    void heal() {
        proxy.swallowReplies(0);
    }

    static Stream<Arguments> rejections() {
        return Stream.of(
                Arguments.of("/no-guid", "{\"reason\":0}"),
                Arguments.of("?deviceName=&directoryNumber=", "{\"reason\":0}"),
                Arguments.of("/" + ID + "11", "{\"reason\":1,\"deviceName\":\"SEP000000000011\"}"),
                Arguments.of("?directoryNumber=111", "{\"reason\":1,\"deviceName\":\"SEP000000000011\"}"),
                Arguments.of("/" + ID + "12", "{\"reason\":2}"),
                Arguments.of("?deviceName=SEP000000000012", "{\"reason\":2}"));
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void aRejectionIsRelayedToTheLetter(String rest, String body) {
        RawHttp.Answer answer = SuiteInTrouble.stop(withRetries, SuiteInTrouble.API + rest);

        assertEquals(400, answer.status(), answer.toString());
        assertEquals(body, answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "409, /75a90276-e47e-4e9e-b463-e3c743d5ffff",
        "409, ?directoryNumber=999",
        "409, ?deviceName=SEP000000000020&directoryNumber=121",
        "409, ?deviceName=SEP000000000013",
        "504, /75a90276-e47e-4e9e-b463-000000000014",
        "500, /75a90276-e47e-4e9e-b463-000000000015",
    })
    void aConflictAndAnUpstreamsFailureAreRelayed(int status, String rest) {
        RawHttp.Answer answer = SuiteInTrouble.stop(withoutRetries, SuiteInTrouble.API + rest);

        SuiteInTrouble.assertProblem(status, answer);
    }

    @ParameterizedTest
    @CsvSource({
        "/75A90276-E47E-4E9E-B463-000000000016",
        "/75a90276e47e4e9eb463000000000017",
        "?deviceName=sep000000000018",
        "?directoryNumber=119",
        "?deviceName=SEP000000000022&directoryNumber=122",
        "?directoryNumber=113",
    })
    void aStopIsConfirmedOnce(String rest) {
        String target = SuiteInTrouble.API + rest;

        RawHttp.Answer answer = SuiteInTrouble.stop(withRetries, target);

        SuiteInTrouble.assertStopped(answer);
        SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(withRetries, target));
    }

    @Test
    void aWrongPasswordIs500() {
        Map<String, String> settings = SuiteInTrouble.settings(upstream.uri());
        settings.put("LIVE_RECORDINGS_IMAGICLE_PASSWORD", "wrong");
        try (ServiceProcess service = ServiceProcess.start(settings)) {

            RawHttp.Answer answer = SuiteInTrouble.stop(service, SuiteInTrouble.API + "/" + ID + "23");

            SuiteInTrouble.assertProblem(500, answer);
            assertTrue(service.log().contains("UCX Suite answered 401"), service.log());
        }
    }

    @ParameterizedTest
    @CsvSource({"/75a90276-e47e-4e9e-b463-000000000030", "?directoryNumber=131"})
    void theRetryLearnsOfAStopWhoseReplyWasLost(String rest) {
        String target = SuiteInTrouble.API + rest;
        proxy.swallowReplies(1);

        RawHttp.Answer answer = SuiteInTrouble.stop(withRetries, target);

        SuiteInTrouble.assertStopped(answer);
        SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(withRetries, target));
    }

    @ParameterizedTest
    @CsvSource({"/75a90276-e47e-4e9e-b463-000000000032", "?directoryNumber=133"})
    void theClientsRepetitionLearnsOfAStopWhoseReplyWasLost(String rest) {
        String target = SuiteInTrouble.API + rest;
        proxy.swallowReplies(1);
        SuiteInTrouble.assertProblem(504, SuiteInTrouble.stop(withoutRetries, target));

        RawHttp.Answer answer = SuiteInTrouble.stop(withoutRetries, target);

        SuiteInTrouble.assertStopped(answer);
        SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(withoutRetries, target));
    }

    @ParameterizedTest
    @CsvSource({"/75a90276-e47e-4e9e-b463-000000000034", "?directoryNumber=135"})
    void ofEightClientsAtOnceOneGetsThe204ThoughAReplyIsLost(String rest) {
        String target = SuiteInTrouble.API + rest;
        proxy.swallowReplies(1);

        List<Integer> statuses = SuiteInTrouble.stopAtOnce(withoutRetries, target, 8);

        assertEquals(1, Collections.frequency(statuses, 504), statuses.toString());
        // If the lost reply was a 409, the 204 went to another client; either way nothing is left to claim.
        assertEquals(1, Collections.frequency(statuses, 204), statuses.toString());
        SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(withoutRetries, target));
    }

    @Test
    void aStopThatAStoppedUpstreamCarriesOutLaterIsConfirmedToTheRepetition() {
        String target = SuiteInTrouble.API + "/" + ID + "40";
        upstream.signal("STOP");
        try {
            SuiteInTrouble.assertProblem(504, SuiteInTrouble.stop(withRetries, target));
        } finally {
            upstream.signal("CONT");
        }
        Awaitility.await().until(() -> upstream.log().contains("recordings=" + ID + "40"));

        RawHttp.Answer repeated = SuiteInTrouble.stop(withRetries, target);

        SuiteInTrouble.assertStopped(repeated);
        SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(withRetries, target));
    }

    @Test
    void anUpstreamKilledWithAStopUnderWayIs504AndConfirmsItAfterItsReturn() {
        int port = ServiceProcess.freePort();
        String target = SuiteInTrouble.byId(UUID.fromString(ID + "41"));
        ServiceProcess doomed = ServiceProcess.start(port, upstreamSettings());
        try (ServiceProcess service =
                ServiceProcess.start(SuiteInTrouble.settings(URI.create("http://127.0.0.1:" + port)))) {
            awaitAnswer(service);
            doomed.signal("STOP");
            CompletableFuture<RawHttp.Answer> underWay =
                    CompletableFuture.supplyAsync(() -> SuiteInTrouble.stop(service, target));

            doomed.kill();

            SuiteInTrouble.assertProblem(504, underWay.join());
            try (ServiceProcess back = ServiceProcess.start(port, upstreamSettings())) {
                awaitAnswer(service);
                SuiteInTrouble.assertStopped(SuiteInTrouble.stop(service, target));
                SuiteInTrouble.assertProblem(409, SuiteInTrouble.stop(service, target));
                assertTrue(back.log().contains("recordings=" + ID + "41"), back.log());
            }
        } finally {
            doomed.close();
        }
    }
}
