package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An HAProxy on 127.0.0.1 that leads to whichever member of a {@link PatroniCluster} is its leader, as docs/failover.md says. */
public final class HaProxy implements AutoCloseable {

    private final int port = ServiceProcess.freePort();
    private final Path configuration;
    private final Process process;

    private HaProxy(PatroniCluster cluster) {
        try {
            String recipe =
                    cluster.local(Recipe.of("failover.md", "haproxy.cfg")).replace("*:5432", "127.0.0.1:" + port);
            configuration = Files.writeString(Files.createTempFile("haproxy", ".cfg"), recipe);
            process = new ProcessBuilder(
                            PatroniPrograms.find("haproxy").orElseThrow().toString(),
                            "-db",
                            "-f",
                            configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(configuration
                            .resolveSibling(configuration.getFileName() + ".log")
                            .toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one, and waits until it listens. */
    public static HaProxy start(PatroniCluster cluster) {
        HaProxy started = new HaProxy(cluster);
        started.awaitListening();
        return started;
    }

    public int port() {
        return port;
    }

    private Path log() {
        return configuration.resolveSibling(configuration.getFileName() + ".log");
    }

    private void awaitListening() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                new Socket("127.0.0.1", port).close();
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        close();
        throw new IllegalStateException("HAProxy doesn't listen, see " + log());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            for (Path file : List.of(configuration, log())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
