package org.liverecordings.api.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.GuardedApiProfile;
import org.liverecordings.recorder.embedded.EmbeddedCallRecorder;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.support.TestTokens;

/** Whatever body a stop has, it stops; the reason in one of JSON counts, which shows in the hold that it puts, and so does one that can't be read. */
@QuarkusTest
@TestProfile(GuardedApiProfile.class)
class StopBodyTest {

    private static final String TARGET = "/fw/Apps/Recorder/WebAPI/LiveRecordings/0de40000-0000-4000-8000-000000000001";
    private static final String REASON = "{\"reason\":\"consent-withdrawn\"}";

    @TestHTTPResource("/")
    URI service;

    @Inject
    LiveRecordingRepository registry;

    @BeforeEach
    @AfterEach
    void everythingIsBeingRecorded() {
        matches("\"id\":\"([^\"]+)\"")
                .forEach(id -> send(head("DELETE", "/holds/" + id) + "\r\n", BufferedReader::readLine));
        registry.addAll(EmbeddedCallRecorder.readRecordings(GuardedApiProfile.RECORDINGS, Instant.now()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON; charset=utf-8",
                "application/json;charset=none",
                "application/merge-patch+json",
                "text/json",
                "text/plain;charset=UTF-8",
                "application/x-www-form-urlencoded",
                ""
            })
    void ofJsonTheReasonCountsWhateverItsClientCallsIt(String contentType) {
        assertEquals(204, stop("Content-Type: " + contentType, "Content-Length: " + REASON.length(), REASON));
        assertEquals(List.of("consent-withdrawn"), reasons());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "/",
                "application/",
                "application/jsonx",
                "application/xml",
                "json",
                "multipart/form-data; boundary=x",
                "*/*"
            })
    void ofWhatIsCalledSomethingElseNothingDoes(String contentType) {
        assertEquals(204, stop("Content-Type: " + contentType, "Content-Length: " + REASON.length(), REASON));
        assertEquals(List.of(), reasons());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"why\":\"consent-withdrawn\"}",
                "{\"reason\":null}",
                "{\"reason\":\"\"}",
                "{}",
                "[]",
                "null",
                "\"\"",
                " \r\n"
            })
    void whatHasNoReasonPutsNoHold(String body) {
        assertEquals(204, stop("Content-Type: application/json", "Content-Length: " + body.length(), body));
        assertEquals(List.of(), reasons());
    }

    /** It may be that of consent, and a hold that isn't put is missed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"reason\":\"consent-withdrawn\"",
                "{\"reason\":[\"consent-withdrawn\"]}",
                "[{\"reason\":\"consent-withdrawn\"}]",
                "\"consent-withdrawn\"",
                "{\"reason\":true}",
                "reason=consent-withdrawn",
                "x"
            })
    void ofWhatIsCalledJsonAReasonThatCannotBeReadCountsAsConsent(String body) {
        assertEquals(204, stop("Content-Type: application/json", "Content-Length: " + body.length(), body));
        assertEquals(List.of("consent-withdrawn"), reasons());
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, x",
        "'', x",
        "application/x-www-form-urlencoded, reason=consent-withdrawn",
        "multipart/form-data; boundary=x, --x--"
    })
    void whatIsNotCalledJsonPutsNoHoldIfItCannotBeRead(String contentType, String body) {
        assertEquals(204, stop("Content-Type: " + contentType, "Content-Length: " + body.length(), body));
        assertEquals(List.of(), reasons());
    }

    @Test
    void theReasonInTheQueryCountsInPlaceOfOneThatCannotBeRead() {
        String request = head("DELETE", TARGET + "?reason=payment")
                + "Content-Type: application/json\r\nContent-Length: 1\r\n\r\nx";

        int status = send(request, answer -> Integer.parseInt(answer.readLine().split(" ")[1]));

        assertEquals(204, status);
        assertEquals(List.of(), reasons());
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 'Transfer-Encoding: chunked', 'c\r\n{\"reason\":\"c\r\n12\r\nonsent-withdrawn\"}\r\n0\r\n\r\n', consent-withdrawn",
        "application/json, 'Content-Length: 30', '', consent-withdrawn",
        "application/json, 'Content-Length: 300', '{\"reason\":', consent-withdrawn",
        "application/json, 'Transfer-Encoding: chunked', '5\r\n{\"rea', consent-withdrawn",
        "application/json, 'Transfer-Encoding: chunked', '0\r\n\r\n', ''",
        "application/json, 'Content-Length: 0', '', ''",
        "application/x-www-form-urlencoded, 'Content-Length: 300', 'a=', ''",
        "text/plain, 'Content-Length: 300', '{\"reason\":', ''"
    })
    void aBodyMayComeInPiecesOrNotAtAll(String contentType, String length, String rest, String reason) {
        assertEquals(204, stop("Content-Type: " + contentType, length, rest));
        assertEquals(reason.isEmpty() ? List.of() : List.of(reason), reasons());
    }

    @Test
    void aReasonInABodyThatIsTooLongCountsAsConsent() {
        String chunk = "4001\r\n{\"reason\":\"" + "x".repeat(0x4001 - 11);

        assertEquals(204, stop("Content-Type: application/json", "Transfer-Encoding: chunked", chunk));
        assertEquals(List.of("consent-withdrawn"), reasons());
    }

    @Test
    void aBodyThatIsAnnouncedAsTooLongStopsNothing() {
        assertEquals(413, stop("Content-Type: application/json", "Content-Length: 16385", "{"));
        assertEquals(204, stop("Content-Type: application/json", "Content-Length: 0", ""));
    }

    @Test
    void whoseBodyDoesntComeIsToldThatTheConnectionEnds() {
        // Given
        String request = head("DELETE", TARGET).replace("Connection: close\r\n", "") + "Content-Length: 300\r\n\r\n{";
        // When
        List<String> answer = send(request, read -> read.lines().toList());
        // Then
        assertEquals("HTTP/1.1 204 No Content", answer.get(0));
        assertEquals(
                List.of("connection: close"),
                answer.stream()
                        .map(line -> line.toLowerCase(Locale.ROOT))
                        .filter(line -> line.startsWith("connection:"))
                        .toList());
    }

    /** Returns the status. The connection stays open while a body isn't whole. */
    private int stop(String contentType, String length, String rest) {
        String request = head("DELETE", TARGET) + contentType + "\r\n" + length + "\r\n\r\n" + rest;
        return send(request, answer -> Integer.parseInt(answer.readLine().split(" ")[1]));
    }

    private List<String> reasons() {
        return matches("\"why\":\"([^\"]+)\"");
    }

    private List<String> matches(String pattern) {
        String holds =
                send(head("GET", "/holds") + "\r\n", answer -> answer.lines().collect(Collectors.joining()));
        return Pattern.compile(pattern)
                .matcher(holds)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String head(String method, String target) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + TestTokens.complete() + "\r\n";
    }

    private interface Answer<T> {

        T read(BufferedReader answer) throws IOException;
    }

    /** To the letter, and without an end to what has none. */
    private <T> T send(String request, Answer<T> answer) {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return answer.read(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
