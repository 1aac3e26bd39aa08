package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** An agent's desktop in a browser, whose page comes from somewhere else, with CORS switched on as docs/deploying.md says. */
class CorsIT {

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";
    private static final String LIVE = "75a90276-e47e-4e9e-b463-e3c743d50001";
    private static final String DESKTOP = "https://desktop.example.com";

    @TempDir
    static Path folder;

    private static ServiceProcess service;

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.put("QUARKUS_HTTP_CORS_ENABLED", "true");
        settings.put("QUARKUS_HTTP_CORS_ORIGINS", DESKTOP);
        settings.put(
                "LIVE_RECORDINGS_LINES_FILE",
                Files.writeString(folder.resolve("lines.csv"), "SEP000000000101,101,alice,true,false\n")
                        .toString());
        settings.put(
                "LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE",
                Files.writeString(
                                folder.resolve("recordings.csv"), LIVE + ",SEP000000000101,101,media-forking,manual\n")
                        .toString());
        service = ServiceProcess.start(settings);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /75a90276-e47e-4e9e-b463-e3c743d50001, 10, 204",
        "DELETE, /not-a-guid, 10, 400",
        "DELETE, /75a90276-e47e-4e9e-b463-e3c743d50002, none, 401",
        "DELETE, /75a90276-e47e-4e9e-b463-e3c743d50002, wrong, 401",
        "DELETE, /75a90276-e47e-4e9e-b463-e3c743d50002, 9, 403",
        "DELETE, /75a90276-e47e-4e9e-b463-e3c743d50002, 10, 409",
        "GET, /, 0, 403",
        "GET, /, 10, 200"
    })
    void thePageMayReadEveryAnswer(String method, String rest, String level, int status) {
        Answer answer = RawHttp.send(
                service.uri(),
                method,
                API.toLowerCase() + rest,
                "Origin: " + DESKTOP,
                "Authorization: " + token(level));

        assertEquals(status, answer.status(), answer.toString());
        assertEquals(List.of(DESKTOP), answer.header("Access-Control-Allow-Origin"), answer.toString());
        assertEquals(List.of("true"), answer.header("Access-Control-Allow-Credentials"));
        assertEquals(
                List.of("X-Request-Id,Retry-After,WWW-Authenticate"), answer.header("Access-Control-Expose-Headers"));
    }

    private static String token(String level) {
        return switch (level) {
            case "none" -> "";
            case "wrong" -> "Bearer x";
            default -> "Bearer " + TestTokens.level("alice", Integer.parseInt(level));
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
    void theBrowserMaySendIt(String method) {
        Answer answer = RawHttp.send(
                service.uri(),
                "OPTIONS",
                API + "/" + LIVE,
                "Origin: " + DESKTOP,
                "Access-Control-Request-Method: " + method,
                "Access-Control-Request-Headers: authorization,content-type,x-request-id");

        assertEquals(200, answer.status(), answer.toString());
        assertEquals(List.of(DESKTOP), answer.header("Access-Control-Allow-Origin"));
        assertEquals(List.of(method), answer.header("Access-Control-Allow-Methods"));
        assertEquals(List.of("authorization,content-type,x-request-id"), answer.header("Access-Control-Allow-Headers"));
        assertEquals(List.of("3600"), answer.header("Access-Control-Max-Age"));
    }

    @Test
    void anotherPageMayNot() {
        Answer answer = RawHttp.send(
                service.uri(),
                "DELETE",
                API + "/75a90276-e47e-4e9e-b463-e3c743d50002",
                "Origin: https://other.example.com",
                "Authorization: " + token("10"));

        assertEquals(403, answer.status(), answer.toString());
        assertTrue(answer.header("Access-Control-Allow-Origin").isEmpty(), answer.toString());
    }
}
