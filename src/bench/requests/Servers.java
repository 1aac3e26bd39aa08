package requests;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Starts what is measured, each on the one processor for servers, and the suite behind those that forward, on the load's. */
final class Servers implements AutoCloseable {

    static final int FEW = 1_000;
    static final int MANY = 1_000_000;

    private static final int SERVERS_PROCESSOR = 0;
    private static final int LOADS_PROCESSOR = 1;
    private static final int LINES = 1_000;

    private final Path folder;
    private final Map<String, String> signIn;
    private final List<Server> started = new ArrayList<>();

    Servers(Path folder, Credentials credentials) throws IOException {
        this.folder = folder;
        this.signIn = Map.of(
                "MP_JWT_VERIFY_ISSUER", Credentials.ISSUER,
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        credentials.writeKeys(folder.resolve("keys.json")).toString());
    }

    /** The id of a recording, one of those that are live at the start if the number is smaller than theirs. */
    static String id(long number) {
        // As scattered as a recorder's ids.
        return new UUID(scatter(2 * number), scatter(2 * number + 1)).toString();
    }

    private static long scatter(long number) {
        long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /** Those of odd numbers are on lines that are recorded automatically, so that a rule forbids their stop. */
    static boolean isStoppable(long number) {
        return number % 2 == 0;
    }

    Server bare(List<String> command) throws IOException, InterruptedException {
        return start("bare", command, Map.of());
    }

    /** The service with its own recorder. */
    Server service(List<String> command, int recordings) throws IOException, InterruptedException {
        Path lines = folder.resolve("lines.csv");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(lines))) {
            for (int line = 0; line < LINES; line++) {
                out.printf("SEP%012X,%d,user%d,true,%b%n", line, 10_000 + line, line, !isStoppable(line));
            }
        }
        Path live = folder.resolve("recordings-" + recordings + ".csv");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(live))) {
            for (int i = 0; i < recordings; i++) {
                int line = i % LINES;
                out.printf("%s,SEP%012X,%d,media-forking,manual%n", id(i), line, 10_000 + line);
            }
        }
        return start(
                "service",
                command,
                Map.of(
                        "LIVE_RECORDINGS_LINES_FILE", lines.toString(),
                        "LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE", live.toString()));
    }

    /** The service in front of a suite. */
    Server forwarding(List<String> command, int suite) throws IOException, InterruptedException {
        return start(
                "forwarding",
                command,
                Map.of(
                        "LIVE_RECORDINGS_RECORDER", "imagicle",
                        "LIVE_RECORDINGS_IMAGICLE_URL", "http://127.0.0.1:" + suite,
                        "LIVE_RECORDINGS_IMAGICLE_USERNAME", "bench",
                        "LIVE_RECORDINGS_IMAGICLE_PASSWORD", "bench"));
    }

    private Server start(String name, List<String> command, Map<String, String> settings)
            throws IOException, InterruptedException {
        int port = Server.freePort();
        Map<String, String> environment = new HashMap<>(signIn);
        environment.putAll(settings);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        return keep(Server.start(SERVERS_PROCESSOR, port, log(name), environment, command));
    }

    /** Answers every request 204. */
    Server suite() throws IOException, InterruptedException {
        int port = Server.freePort();
        return nginx("suite", LOADS_PROCESSOR, port, "", "return 204;");
    }

    /** nginx in front of a suite. */
    Server proxy(int suite) throws IOException, InterruptedException {
        String upstream =
                "upstream suite { server 127.0.0.1:" + suite + "; keepalive 100; keepalive_requests 1000000000; }";
        return nginx(
                "proxy",
                SERVERS_PROCESSOR,
                Server.freePort(),
                upstream,
                "proxy_pass http://suite; proxy_http_version 1.1; proxy_set_header Connection '';");
    }

    private Server nginx(String name, int processor, int port, String upstream, String does)
            throws IOException, InterruptedException {
        Path prefix = Files.createDirectories(folder.resolve(name));
        StringBuilder configuration = new StringBuilder("daemon off; master_process off; pid pid; error_log stderr;\n")
                .append("events { worker_connections 1000; }\n")
                .append("http { access_log off; keepalive_requests 1000000000;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            configuration.append(kind).append("_temp_path ").append(kind).append(";\n");
        }
        configuration.append(upstream).append("\nserver { listen 127.0.0.1:").append(port);
        configuration.append("; location / { ").append(does).append(" } } }\n");
        Path file = Files.writeString(prefix.resolve("nginx.conf"), configuration);
        List<String> command = List.of("nginx", "-p", prefix.toString(), "-c", file.toString());
        return keep(Server.start(processor, port, log(name), Map.of("PATH", System.getenv("PATH")), command));
    }

    private Path log(String name) {
        return folder.resolve(name + "-" + started.size() + ".log");
    }

    private Server keep(Server server) {
        started.add(server);
        return server;
    }

    @Override
    public void close() throws InterruptedException {
        for (Server server : started) {
            server.close();
        }
    }
}
