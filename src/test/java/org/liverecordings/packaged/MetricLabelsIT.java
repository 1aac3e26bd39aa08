package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** However many paths and methods are made up, the metrics have the labels that they have. */
class MetricLabelsIT {

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    /** More than the limit on series. */
    private static final int FLOOD = 120;

    private static final Set<String> URIS = Set.of(
            API,
            API + "/{id}",
            API + "/Mine",
            API + "/Pause",
            API + "/Resume",
            API + "/{id}/Pause",
            API + "/{id}/Resume",
            "/audit",
            "/cors-preflight",
            "root",
            "NOT_FOUND",
            "REDIRECTION",
            "UNKNOWN");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "UNKNOWN");

    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.put("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true");
        service = ServiceProcess.start(settings);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void aFloodOfPathsAndMethodsMakesNoSeriesAndKeepsNoneOut() throws IOException {
        String bearer = "Authorization: Bearer " + TestTokens.complete();
        for (int i = 0; i < FLOOD; i++) {
            String id = "75a90276-e47e-4e9e-b463-%012x".formatted(i);
            send("GET", API + "/" + id, bearer);
            send("DELETE", API.toLowerCase() + "/{" + id + "}/", bearer);
            send("DELETE", API + "/" + id + "%2f;x", bearer);
            send("PUT", API + "/" + id + "/pause", "Authorization: Bearer x");
            send("POST", API + "/" + id + "/Other", bearer);
            send("DELETE", API + "/" + id, bearer, bearer);
            send("GET", "/x" + i, bearer);
            send("GET", "/x" + i + "///", bearer);
            send("GET", "//x" + i, bearer);
            send("GET", "/audit;" + i, bearer);
            send("GET", "x" + i, bearer);
            send("GET", "http://localhost/x" + i, bearer);
            send("X" + i, API + "/Mine", bearer);
            send("CONNECT", "x" + i + ":443", bearer);
            send("POST", "/y" + i, "Content-Length: 20000000");
            send("OPTIONS", API + "/" + i, "Origin: http://x" + i, "Access-Control-Request-Method: X" + i);
            sendAndReset("GET /z" + i + " HTTP/1.1\r\n\r\n");
            sendAndReset("POST " + API + "/" + id + "/z HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nx");
            sendAndReset("GET /" + "z".repeat(5000) + i + " HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        send("DELETE", API + "/Mine", bearer);

        Awaitility.await().until(() -> labels("http_server_requests", "uri").contains(API + "/Mine"));
        assertEquals(Set.of(), without(labels("http_", "uri"), URIS));
        assertEquals(Set.of(), without(labels("http_", "method"), METHODS));
        assertTrue(labels("http_server_requests", "uri").contains(API + "/{id}"));
    }

    private static void send(String method, String target, String... headers) {
        RawHttp.send(service.uri(), method, target, headers);
    }

    /** Closes the connection without waiting for an answer. */
    private static void sendAndReset(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", service.port())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** The values of this label in all series whose names begin so. */
    private static Set<String> labels(String series, String label) {
        String metrics = RawHttp.send(service.uri(), "GET", "/q/metrics").body();
        return Pattern.compile("(?m)^" + series + "[^{]*\\{(?:.*,)?" + label + "=\"([^\"]*)\"")
                .matcher(metrics)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> found, Set<String> known) {
        Set<String> strange = new HashSet<>(found);
        strange.removeAll(known);
        return strange;
    }
}
