package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.support.ClassCache;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** The caches of classes with which a JVM starts faster: that they are made, used, and change no answer. */
class ClassCacheIT {

    private static final String NOT_LIVE =
            "/fw/Apps/Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000";

    /** A class of ours and where it came from; of a jar's address only its scheme. */
    private static final Pattern LOADED =
            Pattern.compile("(org\\.liverecordings\\.\\S+) source: (file:|shared objects file(?: \\(top\\))?)");

    @TempDir
    Path folder;

    @Test
    void anAppCdsArchiveOfJdk17IsUsed() {
        Path java = jdk(17);
        Path archive = folder.resolve("app.jsa");

        ClassCache.train(java, "-XX:ArchiveClassesAtExit=" + archive, Map.of());

        assertTrue(Files.exists(archive));
        // -Xshare:on refuses to start where it can't be used.
        assertOurClassesComeFrom(
                "shared objects file (top)", java, List.of("-Xshare:on", "-XX:SharedArchiveFile=" + archive));
    }

    @Test
    void anAotCacheOfJdk25IsUsed() {
        Path java = jdk(25);
        Path cache = folder.resolve("app.aot");

        ClassCache.train(java, "-XX:AOTCacheOutput=" + cache, Map.of());

        assertTrue(Files.exists(cache));
        assertOurClassesComeFrom("shared objects file", java, List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache));
    }

    private static void assertOurClassesComeFrom(String source, Path java, List<String> cache) {
        List<String> options = new ArrayList<>(cache);
        options.add("-Xlog:class+load");
        try (ServiceProcess service = ServiceProcess.start(java, options, ServiceProcess.tokenSettings())) {

            int status = RawHttp.delete(service.uri(), NOT_LIVE, TestTokens.complete())
                    .status();

            assertEquals(409, status);
            Map<String, String> sources = new TreeMap<>();
            LOADED.matcher(service.log()).results().forEach(loaded -> sources.put(loaded.group(1), loaded.group(2)));
            assertEquals(
                    source, sources.get("org.liverecordings.api.recordings.LiveRecordingsResource"), sources::toString);
            assertFalse(sources.containsValue("file:"), sources::toString);
        }
    }

    /** The JDK that this test runs on, or the one that an environment variable names, or one in the folder of Debian's. */
    private static Path jdk(int version) {
        assumeTrue(ServiceProcess.isJar(), "a native executable has no cache of classes");
        Optional<Path> home = Runtime.version().feature() == version
                ? Optional.of(Path.of(System.getProperty("java.home")))
                : Optional.ofNullable(System.getenv("JDK" + version + "_HOME"))
                        .map(Path::of)
                        .or(() -> installed(version));
        assumeTrue(home.isPresent(), "there is no JDK " + version + " on this machine: set JDK" + version + "_HOME");
        return home.get();
    }

    private static Optional<Path> installed(int version) {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        Pattern name = Pattern.compile("\\D*" + version + "\\b.*");
        try (Stream<Path> homes = Files.list(all)) {
            return homes.filter(
                            home -> name.matcher(home.getFileName().toString()).matches())
                    .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
