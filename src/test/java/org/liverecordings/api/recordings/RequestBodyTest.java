package org.liverecordings.api.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.GuardedApiProfile;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.TestTokens;

/** However the body of a start comes. That one was read shows in the answer, which names its device. */
@QuarkusTest
@TestProfile(GuardedApiProfile.class)
class RequestBodyTest {

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    /** Of a device that can't be recorded. */
    private static final String BODY = "{\"deviceName\":\"SEP00000000A002\"}";

    private static final String READ = "{\"reason\":1,\"deviceName\":\"SEP00000000A002\"}";

    private static final String NOT_READ = "{\"reason\":0}";

    /** As in {@code quarkus.http.limits.max-body-size}. */
    private static final int LONGEST = 16 * 1024;

    /** More than there are workers. */
    private static final int MANY = 250;

    /** Less than the 15 s of {@code quarkus.http.read-timeout}, after which the framework would give up. */
    private static final int ONLY_A_HANG_MILLIS = 12_000;

    @TestHTTPResource("/")
    URI service;

    @ParameterizedTest
    @CsvSource({"Content-Length: 300, '{\"deviceName\":'", "Transfer-Encoding: chunked, '5\r\n{\"dev'"})
    void oneThatStopsHalfwayIsRefusedAndEndsTheConnection(String length, String rest) throws IOException {
        try (Socket socket = send(request(length) + rest)) {
            String answer = all(socket);
            assertEquals("400 " + NOT_READ, statusAndBody(answer));
        }
        assertEquals(READ, started(BODY).body());
    }

    @Test
    void slowOnesOccupyNoWorker() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                slow.add(send(request("Content-Length: 300") + "{"));
            }
            RawHttp.Answer list =
                    RawHttp.sendWithin(ONLY_A_HANG_MILLIS, service, "GET", API, "", "Authorization: Bearer " + token());
            assertEquals(200, list.status());
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void whatDidNotComeAsAWholeMayComeAgainUnderItsKey() throws IOException {
        String key = "Idempotency-Key: " + UUID.randomUUID();
        try (Socket socket = send(request("Content-Length: 300\r\n" + key) + BODY)) {
            assertEquals("400 " + NOT_READ, statusAndBody(all(socket)));
        }
        assertEquals(READ, started(BODY, key).body());
        assertEquals(READ, started(BODY, key).body());
        assertEquals(422, started(BODY + " ", key).status());
    }

    @Test
    void oneMayComeInChunks() throws IOException {
        try (Socket socket = send(request("Connection: close\r\nTransfer-Encoding: chunked")
                + chunk(BODY.substring(0, 9))
                + chunk(BODY.substring(9))
                + chunk(""))) {
            assertEquals("400 " + READ, statusAndBody(all(socket)));
        }
    }

    @Test
    void oneMayWaitUntilItIsAskedFor() throws IOException {
        try (Socket socket =
                send(request("Connection: close\r\nExpect: 100-continue\r\nContent-Length: " + BODY.length()))) {
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", until(socket, "\r\n\r\n"));
            write(socket, BODY, StandardCharsets.UTF_8);
            assertEquals("400 " + READ, statusAndBody(all(socket)));
        }
    }

    @Test
    void requestsMayFollowOneAnother() throws IOException {
        String whole = request("Content-Length: " + BODY.length()) + BODY;
        try (Socket socket = send(whole + whole)) {
            until(socket, READ);
            until(socket, READ);
            write(socket, request("Connection: close\r\nContent-Length: 0"), StandardCharsets.UTF_8);
            assertEquals("400 {\"reason\":3}", statusAndBody(all(socket)));
        }
    }

    @Test
    void oneOfTheLimitIsReadAndALongerOneIsNot() {
        String longest = BODY + " ".repeat(LONGEST - BODY.length());
        assertEquals(READ, started(longest).body());
        assertEquals(413, started(longest + " ").status());
    }

    @ParameterizedTest
    @CsvSource({"0, '400 " + READ + "'", "1, '413 '"})
    void inChunksTheLimitIsTheSame(int beyond, String answer) throws IOException {
        String body = BODY + " ".repeat(LONGEST - BODY.length() + beyond);
        try (Socket socket =
                send(request("Connection: close\r\nTransfer-Encoding: chunked") + chunk(body) + chunk(""))) {
            assertEquals(answer, statusAndBody(all(socket)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "application/json; charset=none",
                "application/json; charset",
                "json",
                "/",
                ";",
                ""
            })
    void oneIsReadAsWhatItIsWhateverItsClientCallsIt(String contentType) throws IOException {
        try (Socket socket = send(
                request("Connection: close\r\nContent-Type: " + contentType + "\r\nContent-Length: " + BODY.length())
                        + BODY)) {
            assertEquals("400 " + READ, statusAndBody(all(socket)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-8"})
    void itsCharsetCounts(String charset) throws IOException {
        byte[] bytes = "{\"deviceName\":\"\u00c4\"}".getBytes(Charset.forName(charset));
        try (Socket socket = send(request("Connection: close\r\nContent-Type: application/json; charset=\"" + charset
                + "\"\r\nContent-Length: " + bytes.length))) {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            assertEquals("400 {\"reason\":1,\"deviceName\":\"\u00c4\"}", statusAndBody(all(socket)));
        }
    }

    private RawHttp.Answer started(String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Authorization: Bearer " + token());
        return RawHttp.sendBody(service, "POST", API, body, all.toArray(String[]::new));
    }

    private static String token() {
        return TestTokens.complete();
    }

    private static String request(String headers) {
        return "POST " + API + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token() + "\r\n" + headers
                + "\r\n\r\n";
    }

    private static String chunk(String content) {
        return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
    }

    /** Sends it to the letter, and goes on having the connection open. */
    private Socket send(String request) throws IOException {
        Socket socket = new Socket(service.getHost(), service.getPort());
        socket.setSoTimeout(ONLY_A_HANG_MILLIS);
        write(socket, request, StandardCharsets.UTF_8);
        return socket;
    }

    private static void write(Socket socket, String text, Charset charset) throws IOException {
        socket.getOutputStream().write(text.getBytes(charset));
        socket.getOutputStream().flush();
    }

    /** Until the service closes the connection. */
    private static String all(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String until(Socket socket, String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.UTF_8).endsWith(end)) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("closed after " + read.toString(StandardCharsets.UTF_8));
            }
            read.write(b);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    private static String statusAndBody(String answer) {
        return answer.split(" ", 3)[1] + " " + answer.split("\r\n\r\n", 2)[1];
    }
}
