package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A cache of the jar's classes, with which each start takes half the processor time. It is made once for all that are started in this run. */
public final class ClassCache {

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
            // With a database, since a service without one needs hardly a class that this one doesn't.
            PostgresServer database = PostgresServer.shared();
            Map<String, String> settings = PostgresServer.settings(database.url(database.newDatabase()));
            train(Path.of(System.getProperty("java.home")), "-XX:ArchiveClassesAtExit=" + file, settings);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Has the service load the classes that it needs, and ends it.
     *
     * @param option by which this JVM writes a cache at its end
     * @param settings what it needs beside those of {@link ServiceProcess#tokenSettings()}
     */
    public static void train(Path javaHome, String option, Map<String, String> settings) {
        Map<String, String> all = ServiceProcess.tokenSettings();
        all.putAll(settings);
        try (ServiceProcess service = ServiceProcess.start(javaHome, List.of(option), all)) {
            RawHttp.delete(
                    service.uri(),
                    "/fw/Apps/Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000",
                    TestTokens.complete());
            service.terminate();
            service.awaitExit();
        }
    }
}
