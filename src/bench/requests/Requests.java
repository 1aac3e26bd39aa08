package requests;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How many requests a second the service answers on one processor, beside a bare Quarkus application built with the same options, and
 * beside nginx where requests are forwarded; see the script of the same name.
 *
 * <p>All servers run at the same time, and are measured by turns, round after round: what else the machine does falls on all alike.
 */
final class Requests {

    private static final int ROUNDS = Integer.getInteger("rounds", 9);
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(Integer.getInteger("millis", 1000));
    private static final long WARM_UP = TimeUnit.MILLISECONDS.toNanos(Integer.getInteger("warmup", 5000));
    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings/";

    private final Credentials credentials = new Credentials();
    private final String token = credentials.rs256(Duration.ofHours(10));
    private final List<Measured> all = new ArrayList<>();
    private final Servers servers;

    private Requests(Path folder) throws Exception {
        servers = new Servers(folder, credentials);
    }

    /**
     * @param args a folder for files; then for each kind of build its name, the command of the bare application, and the service's
     */
    public static void main(String... args) throws Exception {
        Requests requests = new Requests(Files.createDirectories(Path.of(args[0])));
        try (Servers closed = requests.servers) {
            for (int i = 1; i < args.length; i += 3) {
                requests.add(args[i], List.of(args[i + 1].split(" ")), List.of(args[i + 2].split(" ")));
            }
            for (Measured measured : requests.all) {
                measured.warmUp(WARM_UP);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Measured measured : requests.all) {
                    measured.run(NANOS);
                }
            }
        }
        requests.print();
    }

    private void add(String kind, List<String> bareCommand, List<String> command) throws Exception {
        Server few = servers.service(command, Servers.FEW);
        Server many = servers.service(withMemory(command), Servers.MANY);
        Measured bare = new Measured(
                kind + ": bare 204", null, servers.bare(bareCommand), request("/hello", null), 204, true);
        Measured notLive = stop(kind + ": stop, 409", bare, few, token, () -> Long.MAX_VALUE / 4, 409, true);
        Measured forbidden = stop(kind + ": stop that a rule forbids, 400", bare, few, token, unstoppable(Servers.FEW), 400, false);
        all.addAll(List.of(
                bare,
                stop(kind + ": stop, 204, of 1,000,000", bare, many, token, eachOnce(), 204, true),
                notLive,
                stop(
                        kind + ": the same with ES256",
                        notLive,
                        few,
                        credentials.es256(Duration.ofHours(10)),
                        () -> Long.MAX_VALUE / 4,
                        409,
                        false),
                forbidden,
                stop(kind + ": the same of 1,000,000", forbidden, many, token, unstoppable(Servers.MANY), 400, false),
                new Measured(kind + ": 401, no credentials", bare, few, request(API + Servers.id(0), null), 401, false),
                new Measured(
                        kind + ": 401, expired token",
                        bare,
                        few,
                        request(API + Servers.id(0), credentials.rs256(Duration.ofHours(-1))),
                        401,
                        false),
                new Measured(kind + ": 404", bare, few, request("/nothing", null), 404, false)));
        if (Boolean.getBoolean("nginx")) {
            int suite = servers.suite().port;
            Measured proxied =
                    stop(kind + ": nginx forwards, 204", null, servers.proxy(suite), token, eachOnce(), 204, false);
            all.add(proxied);
            all.add(stop(
                    kind + ": stop forwarded, 204",
                    proxied,
                    servers.forwarding(command, suite),
                    token,
                    eachOnce(),
                    204,
                    false));
        }
    }

    /** A million recordings don't fit in the usual heap. */
    private static List<String> withMemory(List<String> command) {
        List<String> more = new ArrayList<>(command);
        more.removeIf(word -> word.startsWith("-Xmx"));
        more.add(1, "-Xmx2g");
        return more;
    }

    private static LongSupplier eachOnce() {
        long[] next = {0};
        return () -> next[0]++ * 2;
    }

    /** Any of the recordings whose stop a rule forbids. */
    private static LongSupplier unstoppable(int recordings) {
        return () -> ThreadLocalRandom.current().nextLong(recordings / 2) * 2 + 1;
    }

    private static Measured stop(
            String name,
            Measured against,
            Server server,
            String token,
            LongSupplier numbers,
            int status,
            boolean paced) {
        String head = "DELETE " + API;
        String rest = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        Supplier<byte[]> requests =
                () -> (head + Servers.id(numbers.getAsLong()) + rest).getBytes(StandardCharsets.ISO_8859_1);
        return new Measured(name, against, server, requests, status, paced);
    }

    /**
     * @param token null for none
     */
    private static Supplier<byte[]> request(String path, String token) {
        byte[] request = ("DELETE " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                        + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        return () -> request;
    }

    private void print() {
        System.out.printf(
                "%nOf %s, %d rounds. Each figure is the median of the rounds, each comparison of the rounds' own.%n%n",
                LocalDate.now(), ROUNDS);
        System.out.println("| | requests/s | processor time each | compared with | requests per processor time |"
                + " requests/s | p99 at 70 % load | p99 |");
        System.out.println("|---|---:|---:|---|---:|---:|---:|---:|");
        for (Measured row : all) {
            boolean compared = row.against != null;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %.1f µs | %s | %s | %s | %s | %s |%n",
                    row.name,
                    row.median(Measured.Round::perSecond),
                    row.median(Measured.Round::processorMicros),
                    compared ? row.against.name : "",
                    compared ? times(1 / row.ratio(Measured.Round::processorMicros)) : "",
                    compared ? times(row.ratio(Measured.Round::perSecond)) : "",
                    row.isPaced() ? String.format(Locale.ROOT, "%.2f ms", row.median(Measured.Round::p99Millis)) : "",
                    compared && row.isPaced() ? times(row.ratio(Measured.Round::p99Millis)) : "");
        }
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f ×", ratio);
    }
}
