package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** The caches of classes with which a JVM starts faster: that they are made, used, and change no answer. */
class ClassCacheIT {

    private static final String NOT_LIVE =
            "/fw/Apps/Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000";

    @TempDir
    Path folder;

    @Test
    void anAppCdsArchiveOfJdk17IsUsed() {
        assumeTrue(ServiceProcess.isJar(), "a native executable has no cache of classes");
        Path archive = folder.resolve("app.jsa");
        Path java = Path.of(System.getProperty("java.home"));

        train(java, "-XX:ArchiveClassesAtExit=" + archive);

        assertTrue(Files.exists(archive));
        // Without a word of complaint, and refusing to start where it can't be used.
        assertEquals(409, answer(java, List.of("-Xshare:on", "-XX:SharedArchiveFile=" + archive)));
    }

    @Test
    void anAotCacheOfJdk25IsUsed() {
        assumeTrue(ServiceProcess.isJar(), "a native executable has no cache of classes");
        Optional<Path> java = jdk25();
        assumeTrue(java.isPresent(), "there is no JDK 25 on this machine: set JDK25_HOME");
        Path cache = folder.resolve("app.aot");

        train(java.get(), "-XX:AOTCacheOutput=" + cache);

        assertTrue(Files.exists(cache));
        assertEquals(409, answer(java.get(), List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache)));
    }

    private static void train(Path java, String option) {
        try (ServiceProcess service = ServiceProcess.start(java, List.of(option), ServiceProcess.tokenSettings())) {
            RawHttp.delete(service.uri(), NOT_LIVE, TestTokens.complete());
            service.terminate();
            service.awaitExit();
        }
    }

    private static int answer(Path java, List<String> options) {
        try (ServiceProcess service = ServiceProcess.start(java, options, ServiceProcess.tokenSettings())) {
            return RawHttp.delete(service.uri(), NOT_LIVE, TestTokens.complete())
                    .status();
        }
    }

    private static Optional<Path> jdk25() {
        String home = System.getenv("JDK25_HOME");
        if (home != null) {
            return Optional.of(Path.of(home));
        }
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(all)) {
            return homes.filter(home25 -> home25.getFileName().toString().contains("25"))
                    .filter(home25 -> Files.isExecutable(home25.resolve("bin/java")))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
