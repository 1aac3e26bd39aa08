package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.support.Nginx;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** The lamp of docs/events.md on a page in a real browser, which reads list and stream from another origin and through a real nginx. */
class LampIT {

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";
    private static final String LIVE = "75a90276-e47e-4e9e-b463-e3c743d50001";

    @TempDir
    Path folder;

    private final List<String> shown = new ArrayList<>();
    private HttpStub site;
    private Map<String, String> settings;
    private ServiceProcess service;
    private Nginx nginx;
    private Chromium browser;

    @BeforeEach
    void openThePage() throws IOException {
        Optional<Path> chromium = Chromium.program();
        Optional<Path> proxy = Nginx.program();
        assumeTrue(chromium.isPresent(), "LEFT OUT: chromium is not installed");
        assumeTrue(proxy.isPresent(), "LEFT OUT: nginx is not installed");
        site = HttpStub.start(this::serve);
        settings = ServiceProcess.tokenSettings();
        settings.put("LIVE_RECORDINGS_EVENTS_ENABLED", "true");
        settings.put("QUARKUS_HTTP_CORS_ENABLED", "true");
        settings.put("QUARKUS_HTTP_CORS_ORIGINS", site.uri().toString());
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
        nginx = Nginx.start(proxy.get(), "~ ^/(fw|events)", service);
        browser = Chromium.open(chromium.get(), site.uri().resolve("/"));
    }

    private void serve(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/" -> text(exchange, "text/html", """
                    <!DOCTYPE html>
                    <script type="module">
                      import {lamp} from '/lamp.js';
                      lamp('%s', () => '%s', 'directoryNumber=101', state => fetch('/shown?' + state));
                    </script>""".formatted(nginx.uri(), TestTokens.complete()));
            case "/lamp.js" -> text(exchange, "text/javascript", lamp());
            case "/shown" -> {
                String state = exchange.getRequestURI().getQuery();
                synchronized (shown) {
                    if (shown.isEmpty() || !shown.get(shown.size() - 1).equals(state)) {
                        shown.add(state);
                    }
                }
                HttpStub.status(exchange, 204);
            }
            default -> HttpStub.status(exchange, 404);
        }
    }

    private static void text(HttpExchange exchange, String mediaType, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String lamp() throws IOException {
        Matcher code = Pattern.compile("```js\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "events.md")));
        assertTrue(code.find(), "docs/events.md has the lamp's code");
        return code.group(1);
    }

    @AfterEach
    void end() {
        for (AutoCloseable started : new AutoCloseable[] {browser, nginx, service, site}) {
            try {
                if (started != null) {
                    started.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void itShowsWhatIsSoWhateverHappensToTheConnection() {
        awaitShown("on");
        ask("PUT", "/" + LIVE + "/Pause");
        awaitShown("on", "paused");
        ask("PUT", "/" + LIVE + "/Resume");
        awaitShown("on", "paused", "on");
        ask("DELETE", "/" + LIVE);
        awaitShown("on", "paused", "on", "off");

        service.kill();
        awaitShown("on", "paused", "on", "off", "null");
        // The recorder has the recording of its file again.
        service = ServiceProcess.start(service.port(), settings);

        awaitShown("on", "paused", "on", "off", "null", "on");
    }

    private void ask(String method, String rest) {
        assertEquals(
                204,
                RawHttp.send(
                                service.uri(),
                                method,
                                API + rest,
                                "Authorization: Bearer " + TestTokens.complete(),
                                "Content-Length: 0")
                        .status());
    }

    private void awaitShown(String... expected) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            synchronized (shown) {
                assertEquals(List.of(expected), shown, browser::log);
            }
        });
    }
}
