package requests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The replicas that run at the moment, and requests to them. */
final class Fleet implements AutoCloseable {

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    private final Path folder;
    private final List<String> command;
    private final Map<String, String> signIn;
    private final String token;
    private final List<Server> running = new ArrayList<>();

    /**
     * @param folder for files
     * @param command starts a replica
     */
    Fleet(Path folder, List<String> command) throws Exception {
        Credentials credentials = new Credentials();
        this.folder = folder;
        this.command = command;
        this.token = credentials.rs256(Duration.ofHours(1));
        this.signIn = Map.of(
                "MP_JWT_VERIFY_ISSUER", Credentials.ISSUER,
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        credentials.writeKeys(folder.resolve("keys.json")).toString());
    }

    /** Starts one more. */
    Server start(String heap, Map<String, String> settings) throws IOException, InterruptedException {
        int port = Server.freePort();
        Map<String, String> environment = new HashMap<>(signIn);
        environment.putAll(settings);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        List<String> withHeap = new ArrayList<>(command);
        withHeap.add(1, "-Xmx" + heap);
        Server replica = Server.start(port, folder.resolve("replica-" + port + ".log"), environment, withHeap);
        running.add(replica);
        return replica;
    }

    /** Clients that stop these recordings, one after the other, at all of them by turns. */
    Load stops(Supplier<String> ids) {
        String rest = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        Supplier<byte[]> stops = () -> ("DELETE " + API + "/" + ids.get() + rest).getBytes(StandardCharsets.ISO_8859_1);
        return new Load(stops, 204, running.stream().mapToInt(replica -> replica.port).toArray());
    }

    /**
     * How long the answer to a list takes, the better one of two, in milliseconds.
     *
     * @throws IOException if it isn't 200
     */
    double list(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.get(0).port + API + query))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(30))
                .build();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            long began = System.nanoTime();
            HttpResponse<byte[]> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
            best = Math.min(best, System.nanoTime() - began);
            if (answer.statusCode() != 200) {
                throw new IOException("a list was answered " + answer.statusCode());
            }
        }
        return (double) best / TimeUnit.MILLISECONDS.toNanos(1);
    }

    /** Of all together, in seconds. */
    double processorTime() throws IOException {
        double seconds = 0;
        for (Server replica : running) {
            seconds += replica.processorTime();
        }
        return seconds;
    }

    /** The most that any one has had in RAM, in MB. */
    double mostRss() throws IOException {
        double most = 0;
        for (Server replica : running) {
            most = Math.max(most, replica.mostRss());
        }
        return most;
    }

    /** Ends all. */
    @Override
    public void close() throws InterruptedException {
        for (Server replica : running) {
            replica.close();
        }
        running.clear();
    }
}
