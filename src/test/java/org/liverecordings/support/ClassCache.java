package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A cache of the jar's classes, with which each start takes half the processor time. It is made once for all that are started in this run. */
final class ClassCache {

    private static final Path FILE = make();

    private ClassCache() {}

    /** What the JVM needs to be told of it. Without the logging it is silent if it can't use the cache. */
    static List<String> options() {
        return List.of("-XX:SharedArchiveFile=" + FILE, "-Xlog:cds=off");
    }

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("classes");
            folder.toFile().deleteOnExit();
            Path file = folder.resolve("classes.jsa");
            file.toFile().deleteOnExit();
            try (ServiceProcess service = ServiceProcess.startToCache(file)) {
                RawHttp.delete(
                        service.uri(),
                        "/fw/Apps/Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000",
                        TestTokens.complete());
                service.terminate();
                service.awaitExit();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
