import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many stops a second a running service does on PostgreSQL, over 32 connections, and how many transactions of a few small writes the
 * same database does beside it when nothing else is asked of it. The line of the recordings must be monitorable. With the service at
 * {@code http://localhost:8080}:
 *
 * <pre>java -cp 'target/quarkus-app/lib/main/*' src/bench/StopsBenchmark.java http://localhost:8080 TOKEN \
 *     'jdbc:postgresql://localhost:5432/postgres?user=postgres&amp;password=postgres' DEVICE NUMBER [STOPS]</pre>
 */
public class StopsBenchmark {

    private static final int CONNECTIONS = 32;
    private static final int ROUNDS = 3;

    private static final String RECORD =
            "INSERT INTO live_recording (id, device_name, device_key, directory_number, mode, origin, started_at, status)"
                    + " VALUES (?, ?, lower(?), ?, 'MEDIA_FORKING', 'MANUAL', now(), 'RECORDING')";

    public static void main(String... args) throws Exception {
        int stops = args.length > 5 ? Integer.parseInt(args[5]) : 4000;
        for (int round = 1; round <= ROUNDS; round++) {
            List<UUID> ids = record(args[2], args[3], args[4], stops);
            double perSecond = stop(URI.create(args[0]), args[1], ids);
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %.0f stops/s, %.0f commits/s of the database alone%n",
                    round,
                    perSecond,
                    commits(args[2], stops));
        }
    }

    private static List<UUID> record(String url, String device, String number, int count) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement insert = connection.prepareStatement(RECORD)) {
            for (int i = 0; i < count; i++) {
                UUID id = UUID.randomUUID();
                insert.setObject(1, id);
                insert.setString(2, device);
                insert.setString(3, device);
                insert.setString(4, number);
                insert.addBatch();
                ids.add(id);
            }
            insert.executeBatch();
        }
        return ids;
    }

    private static double stop(URI service, String token, List<UUID> ids) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return perSecond(ids.size(), next -> {
            HttpRequest request = HttpRequest.newBuilder(
                            service.resolve("/fw/Apps/Recorder/WebAPI/LiveRecordings/" + ids.get(next)))
                    .header("Authorization", "Bearer " + token)
                    .DELETE()
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 204) {
                throw new IllegalStateException("answered " + status);
            }
        });
    }

    /** Each a transaction that writes three rows, about as a stop does at its end. */
    private static double commits(String url, int count) throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.createStatement().execute("CREATE TABLE IF NOT EXISTS bench_commit (id uuid PRIMARY KEY, text text)");
        }
        ThreadLocal<Connection> own = ThreadLocal.withInitial(() -> {
            try {
                Connection connection = DriverManager.getConnection(url);
                connection.setAutoCommit(false);
                return connection;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        double perSecond = perSecond(count, next -> {
            Connection connection = own.get();
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO bench_commit SELECT gen_random_uuid(), 'x' FROM generate_series(1, 3)")) {
                insert.executeUpdate();
                connection.commit();
            }
        });
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.createStatement().execute("DROP TABLE bench_commit");
        }
        return perSecond;
    }

    private interface Work {

        void run(int number) throws Exception;
    }

    private static double perSecond(int count, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        AtomicInteger next = new AtomicInteger();
        long started = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            running.add(threads.submit(() -> {
                for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                    work.run(number);
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
        return count / ((System.nanoTime() - started) / 1e9);
    }
}
