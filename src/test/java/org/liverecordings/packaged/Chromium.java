package org.liverecordings.packaged;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real browser without a window, on one page. */
final class Chromium implements AutoCloseable {

    private final Path folder;
    private final Process process;

    private Chromium(Path program, URI page) {
        try {
            this.folder = Files.createTempDirectory("live-recordings-chromium");
            this.process = new ProcessBuilder(
                            program.toString(),
                            "--headless",
                            "--no-sandbox", // started by root it wouldn't start with one
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--disable-background-networking",
                            "--no-first-run",
                            "--no-proxy-server",
                            "--remote-debugging-port=0", // else it would end once the page is there
                            "--user-data-dir=" + folder.resolve("profile"),
                            page.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<Path> program() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium open(Path program, URI page) {
        return new Chromium(program, page);
    }

    String log() {
        try {
            return Files.readString(folder.resolve("output.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException | UncheckedIOException e) {
            // A process of it that is still ending writes there; what is left is temporary anyway.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
