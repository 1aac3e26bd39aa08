package requests;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * What replicas on one PostgreSQL take and can do, by the number of lines, of live recordings, and of replicas; see the script of the same
 * name. All run on this one machine, which the load and the database share with them.
 */
final class Sizing implements AutoCloseable {

    /** Stops a second in the busiest hour of a large deployment. */
    private static final double PACE = 70;

    private static final long PACED = TimeUnit.SECONDS.toNanos(10);
    private static final long FAST = TimeUnit.SECONDS.toNanos(4);
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(1);
    /** More than are stopped in that time. */
    private static final int TARGETS = 25_000;

    /** That of the native executable. */
    private static final String HEAP = Imports.HEAPS.get(0);

    private static final int[] REPLICAS = {1, 2, 6};
    private static final double MILLIS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Postgres postgres;
    private final Fleet fleet;

    private Sizing(Path folder, Path postgres, List<String> command) throws Exception {
        this.postgres = new Postgres(postgres);
        this.fleet = new Fleet(folder, command);
    }

    /**
     * @param args a folder for files, the folder of PostgreSQL's programs, and the command that starts a replica
     */
    public static void main(String... args) throws Exception {
        Sizing sizing = new Sizing(Path.of(args[0]), Path.of(args[1]), List.of(args[2].split(" ")));
        // Told to end before the end, it takes all that it started with it.
        Runtime.getRuntime().addShutdownHook(new Thread(sizing::close));
        System.out.printf(
                "%nOf %s, %d processors for all.%n%n", LocalDate.now(), Runtime.getRuntime().availableProcessors());
        Imports imports = new Imports(Path.of(args[0]), sizing.postgres, sizing.fleet);
        String few = imports.ofSize(1_000);
        String many = imports.ofSize(100_000);
        String most = imports.ofSize(1_000_000);
        System.out.println("\n| lines | live | replicas | memory of one | connections | stops/s | p50 at 70/s | p99 |"
                + " processors, stopping: replicas | database | load | list of all | of one line |"
                + " memory then |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        sizing.stopAndList(few, 1_000, 1_000);
        sizing.stopAndList(many, 100_000, 1_000);
        sizing.stopAndList(many, 100_000, 100_000);
        sizing.stopAndList(most, 1_000_000, 100_000);
    }

    private void stopAndList(String database, int lines, int live) throws Exception {
        postgres.sql(database, "DELETE FROM live_recording");
        record(database, live, "1 + n % " + (lines - 1));
        postgres.sql(database, "VACUUM ANALYZE live_recording");
        for (int replicas : REPLICAS) {
            for (int i = 0; i < replicas; i++) {
                fleet.start(HEAP, postgres.settings(database));
            }
            printStops(database, lines, live, replicas);
            fleet.close();
        }
    }

    private void printStops(String database, int lines, int live, int replicas) throws Exception {
        record(database, TARGETS, "0");
        Iterator<String> ids = postgres.sql(
                        database, "SELECT id FROM live_recording WHERE device_key = lower('" + device(0) + "')")
                .iterator();
        Load load = fleet.stops(ids::next);
        load.asFastAsItGoes(WARM_UP);
        long[] took = load.atPace(PACE, PACED);
        double[] before = processorTimes();
        long began = System.nanoTime();
        long answers = load.asFastAsItGoes(FAST);
        double seconds = (System.nanoTime() - began) / 1e9;
        double[] after = processorTimes();
        String connections = postgres.sql(
                        database, "SELECT count(*) - 1 FROM pg_stat_activity WHERE datname = current_database()")
                .get(0);
        postgres.sql(database, "DELETE FROM live_recording WHERE device_key = lower('" + device(0) + "')");
        System.out.printf(
                Locale.ROOT,
                "| %,d | %,d | %d | %.0f MB | %s | %.0f | %.1f ms | %.1f ms | %.2f | %.2f | %.2f | %s | %s | %s |%n",
                lines,
                live,
                replicas,
                fleet.mostRss(),
                connections,
                answers / seconds,
                took[took.length / 2] / MILLIS,
                took[took.length * 99 / 100] / MILLIS,
                (after[0] - before[0]) / seconds,
                (after[1] - before[1]) / seconds,
                (after[2] - before[2]) / seconds,
                orFailed("%.0f ms", () -> fleet.list("")),
                orFailed("%.0f ms", () -> fleet.list("?directoryNumber=" + number(1))),
                orFailed("%.0f MB", fleet::mostRss));
    }

    /** A replica that a list is too large for ends, and isn't the end of the run. */
    private static String orFailed(String format, Callable<Double> figure) throws Exception {
        try {
            return String.format(Locale.ROOT, format, figure.call());
        } catch (IOException e) {
            System.err.println(e);
            return "failed";
        }
    }

    /** Of the replicas, of the database, and of this process, in seconds. */
    private double[] processorTimes() throws IOException {
        return new double[] {
            fleet.processorTime(),
            postgres.server.processorTime(),
            ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9
        };
    }

    /**
     * Begins recordings, by turns on some of the lines.
     *
     * @param line which one, in SQL; n is the recording's number
     */
    private void record(String database, int count, String line) throws Exception {
        postgres.sql(
                database,
                "INSERT INTO live_recording (id, device_name, device_key, directory_number, mode, origin, started_at, status)"
                        + " SELECT gen_random_uuid(), device, lower(device), CAST(10000 + line AS text), 'MEDIA_FORKING',"
                        + " 'MANUAL', now(), 'RECORDING' FROM (SELECT line, 'SEP' || lpad(upper(to_hex(line)), 12, '0') AS device"
                        + " FROM (SELECT " + line + " AS line FROM generate_series(1, " + count + ") AS n) AS chosen) AS named");
    }

    static String device(int line) {
        return "SEP%012X".formatted(line);
    }

    static int number(int line) {
        return 10_000 + line;
    }

    @Override
    public void close() {
        try {
            fleet.close();
            postgres.close();
        } catch (IOException | InterruptedException e) {
            System.err.println(e);
        }
    }
}
