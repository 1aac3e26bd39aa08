package org.liverecordings.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A pgbouncer in transaction mode on 127.0.0.1, configured as docs/deploying.md says. */
public final class Pgbouncer implements AutoCloseable {

    private final Path folder;
    private final int port = ServiceProcess.freePort();
    private final Process process;

    private Pgbouncer(Path program, int postgresPort, int connections, String more) {
        try {
            this.folder = Files.createTempDirectory("live-recordings-pgbouncer");
            // Started by root, it must be somebody else.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.writeString(folder.resolve("users.txt"), "\"postgres\" \"postgres\"\n");
            Files.writeString(folder.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=127.0.0.1 port=%d
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = trust
                    auth_file = %s
                    pool_mode = transaction
                    default_pool_size = %d
                    ignore_startup_parameters = options
                    %s
                    """.formatted(
                            postgresPort, port, folder.resolve("users.txt"), connections, more));
            List<String> command = new ArrayList<>(List.of(program.toString()));
            if (System.getProperty("user.name").equals("root")) {
                command.addAll(List.of("-u", "nobody"));
            }
            command.add(folder.resolve("pgbouncer.ini").toString());
            this.process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where pgbouncer is installed; Debian has it in a folder that isn't on everybody's PATH. */
    public static Optional<Path> program() {
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * @param connections how many of the server's its clients share, to each database
     */
    public static Pgbouncer start(Path program, PostgresServer server, int connections) {
        return start(program, server.port(), connections, "");
    }

    /**
     * @param postgresPort where the server is, or what leads to it
     * @param connections how many of the server's its clients share, to each database
     * @param more lines of its configuration
     */
    public static Pgbouncer start(Path program, int postgresPort, int connections, String more) {
        Pgbouncer started = new Pgbouncer(program, postgresPort, connections, more);
        started.awaitListening();
        return started;
    }

    public int port() {
        return port;
    }

    /** What it has printed so far. */
    public String log() {
        try {
            return Files.readString(folder.resolve("output.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                new Socket("127.0.0.1", port).close();
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        throw new IllegalStateException("pgbouncer doesn't listen:\n" + log());
    }

    @Override
    public void close() {
        process.destroy();
        try (Stream<Path> files = Files.list(folder)) {
            process.waitFor();
            files.forEach(file -> file.toFile().delete());
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
