package requests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL of Debian's programs with its own defaults, in a folder of its own that goes with it. */
final class Postgres implements AutoCloseable {

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final String USER = "postgres";

    final Server server;
    private final Path bin;
    private final Path folder;
    private int databases;

    /**
     * Starts it.
     *
     * @param bin where its programs are
     */
    Postgres(Path bin) throws IOException, InterruptedException {
        this.bin = bin;
        // Elsewhere the user postgres, whom root must become for it, may not reach it.
        folder = Files.createTempDirectory("sizing-postgres");
        if (ROOT) {
            Files.setOwner(folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        }
        Path data = folder.resolve("data");
        run(asOwner("initdb", "--pgdata=" + data, "--auth=trust", "--username=" + USER, "--encoding=UTF8", "--locale=C"));
        int port = Server.freePort();
        server = Server.start(
                port,
                folder.resolve("log"),
                Map.of(),
                asOwner("postgres", "-D", data.toString(), "-p", Integer.toString(port), "-k", folder.toString()));
    }

    private List<String> asOwner(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Makes an empty database and tells its name. */
    String newDatabase() throws IOException, InterruptedException {
        String name = "sizing" + ++databases;
        sql("postgres", "CREATE DATABASE " + name);
        return name;
    }

    /** The settings of a replica that uses this database. */
    Map<String, String> settings(String database) {
        return Map.of(
                "LIVE_RECORDINGS_REGISTRY", "postgresql",
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + server.port + "/" + database,
                "QUARKUS_DATASOURCE_USERNAME", USER,
                "QUARKUS_DATASOURCE_PASSWORD", "trusted");
    }

    /** Runs a statement; the rows of one column that it returns. */
    List<String> sql(String database, String statement) throws IOException, InterruptedException {
        String[] arguments = {"-h", "127.0.0.1", "-p", Integer.toString(server.port), "-U", USER, "-qAtc", statement, database};
        List<String> command = new ArrayList<>(List.of(bin.resolve("psql").toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static List<String> run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ":\n" + output);
        }
        return output.lines().toList();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        run(List.of("rm", "-rf", folder.toString()));
    }
}
