package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A real Prometheus on 127.0.0.1 that scrapes a service often, with the project's own alerts. */
public final class Prometheus implements AutoCloseable {

    private final int port = ServiceProcess.freePort();
    private final OtherProgram program = new OtherProgram("prometheus");

    private Prometheus() {}

    /** Where Prometheus is installed. */
    public static Optional<Path> program() {
        return Programs.find("prometheus");
    }

    /** One that scrapes this service. */
    public static Prometheus scraping(Path program, ServiceProcess service) {
        Prometheus started = new Prometheus();
        Path configuration = started.program.write("prometheus.yml", """
                global: {scrape_interval: 200ms, scrape_timeout: 200ms, evaluation_interval: 200ms}
                rule_files: ['%s']
                scrape_configs:
                  - job_name: live-recordings
                    metrics_path: /q/metrics
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(
                        Path.of("src/main/observability/alerts.yml").toAbsolutePath(), service.port()));
        started.program.start(List.of(
                program.toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + started.program.folder().resolve("data"),
                "--web.listen-address=127.0.0.1:" + started.port));
        return started;
    }

    /** How many elements an expression yields; -1 if Prometheus refuses it, or isn't there yet. */
    public int size(String expression) {
        try {
            String path = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
            RawHttp.Answer answer = RawHttp.send(URI.create("http://127.0.0.1:" + port), "GET", path);
            JsonNode result = new ObjectMapper().readTree(answer.body()).at("/data/result");
            return answer.status() == 200 && result.isArray() ? result.size() : -1;
        } catch (IOException | UncheckedIOException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
