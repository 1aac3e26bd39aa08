package org.liverecordings.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.liverecordings.support.BuildFolder;
import org.liverecordings.support.Programs;

/** The real helm and kubectl, which {@code .ci/helm} gets. Neither is given a cluster. */
final class Helm {

    static final Path CHART = BuildFolder.path("helm", "kubernetes", "live-recordings");

    private Helm() {}

    /** What a program said, and how it ended. */
    record Output(int exitCode, String text) {}

    /** Where helm or kubectl is: where {@code .ci/helm} puts it, else on the PATH. */
    static Optional<Path> program(String name) {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return fetched(Path.of(cache, "live-recordings"))
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .or(() -> Programs.find(name));
    }

    private static Stream<Path> fetched(Path cache) {
        try (Stream<Path> folders = Files.list(cache)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("helm-")).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Runs helm or kubectl. */
    static Output run(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(program(name).orElseThrow().toString());
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the chart makes with these arguments, hooks included. */
    static Manifests template(String... arguments) {
        List<String> all = new ArrayList<>(List.of("template", "live-recordings", CHART.toString()));
        all.addAll(List.of(arguments));
        Output output = run("helm", all.toArray(String[]::new));
        if (output.exitCode() != 0) {
            throw new AssertionError(output.text());
        }
        return Manifests.parse(output.text());
    }
}
