package org.liverecordings.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A real Prometheus on 127.0.0.1 that scrapes a service often, with the project's own alerts. */
public final class Prometheus implements AutoCloseable {

    private final int port = ServiceProcess.freePort();
    private final Process process;

    private Prometheus(Path program, int scraped) {
        try {
            Path folder = Files.createTempDirectory("live-recordings-prometheus");
            Files.writeString(folder.resolve("prometheus.yml"), """
                    global: {scrape_interval: 200ms, scrape_timeout: 200ms, evaluation_interval: 200ms}
                    rule_files: ['%s']
                    scrape_configs:
                      - job_name: live-recordings
                        metrics_path: /q/metrics
                        static_configs: [{targets: ['127.0.0.1:%d']}]
                    """.formatted(
                            Path.of("src/main/observability/alerts.yml").toAbsolutePath(), scraped));
            this.process = new ProcessBuilder(
                            program.toString(),
                            "--config.file=" + folder.resolve("prometheus.yml"),
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where Prometheus is installed. */
    public static Optional<Path> program() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** One that scrapes this service. */
    public static Prometheus scraping(Path program, ServiceProcess service) {
        return new Prometheus(program, service.port());
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
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
