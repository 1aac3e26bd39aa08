package org.liverecordings.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pgbouncer in transaction mode on 127.0.0.1, configured as docs/deploying.md says. */
public final class Pgbouncer implements AutoCloseable {

    private final int port = ServiceProcess.freePort();
    private final OtherProgram program = new OtherProgram("pgbouncer");

    private Pgbouncer() {}

    /** Where pgbouncer is installed. */
    public static Optional<Path> program() {
        return Programs.find("pgbouncer");
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
        Pgbouncer started = new Pgbouncer();
        started.program.write("users.txt", "\"postgres\" \"postgres\"\n");
        started.program.write("pgbouncer.ini", """
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
                        postgresPort, started.port, started.program.folder().resolve("users.txt"), connections, more));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (System.getProperty("user.name").equals("root")) {
            // It must be somebody else.
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(started.program.folder().resolve("pgbouncer.ini").toString());
        started.program.start(command);
        started.program.awaitListening(started.port);
        return started;
    }

    public int port() {
        return port;
    }

    /** What it has printed so far. */
    public String log() {
        return program.log();
    }

    @Override
    public void close() {
        program.close();
    }
}
