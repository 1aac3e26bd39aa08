package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Lets a process have another time than the machine, by Debian's faketime. */
public final class SkewedClock {

    private SkewedClock() {}

    /**
     * What the environment of such a process has; empty where there is no faketime, so that the process has the machine's time.
     *
     * @param skew by how much its clock is ahead; negative if it is behind
     */
    public static Map<String, String> by(Duration skew) {
        return library()
                .map(library ->
                        Map.of("LD_PRELOAD", library.toString(), "FAKETIME", String.format("%+ds", skew.toSeconds())))
                .orElseGet(() -> {
                    System.out.println("LEFT OUT: clocks that are wrong, as there is no faketime");
                    return Map.of();
                });
    }

    private static Optional<Path> library() {
        try (Stream<Path> architectures = Files.list(Path.of("/usr/lib"))) {
            return architectures
                    .map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
