package requests;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** One row of the table: requests of one kind to one server, and how each round of them went. */
final class Measured {

    /** The share of what the server can take at which waiting times are measured. */
    static final double SHARE = 0.7;

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    final String name;
    final Measured against;
    private final Server server;
    private final Load load;
    private final boolean paced;
    private final List<Round> rounds = new ArrayList<>();

    /**
     * @param perSecond by the clock
     * @param processorMicros of the server, for one request
     * @param p99Millis at {@link #SHARE}; 0 if it isn't measured
     */
    record Round(double perSecond, double processorMicros, double p99Millis) {}

    /**
     * @param against what it is compared with; null for nothing
     * @param paced whether to measure waiting times as well
     */
    Measured(
            String name,
            Measured against,
            Server server,
            Supplier<byte[]> requests,
            int status,
            boolean paced) {
        this.name = name;
        this.against = against;
        this.server = server;
        this.load = new Load(requests, status, server.port);
        this.paced = paced;
    }

    void warmUp(long nanos) throws IOException {
        load.asFastAsItGoes(nanos);
    }

    void run(long nanos) throws IOException {
        double processorTime = server.processorTime();
        long begin = System.nanoTime();
        long answers = load.asFastAsItGoes(nanos);
        double seconds = (System.nanoTime() - begin) / SECOND;
        double processorMicros = (server.processorTime() - processorTime) * 1e6 / answers;
        double perSecond = answers / seconds;
        double p99 = 0;
        if (paced) {
            long[] took = load.atPace(SHARE * perSecond, nanos);
            p99 = took[took.length * 99 / 100] / 1e6;
        }
        rounds.add(new Round(perSecond, processorMicros, p99));
    }

    boolean isPaced() {
        return paced;
    }

    /** The median of a figure over the rounds. */
    double median(ToDoubleFunction<Round> figure) {
        return middle(rounds.stream().mapToDouble(figure).sorted().toArray());
    }

    /** The median of the rounds' ratios, each to what it is compared with in the same round. */
    double ratio(ToDoubleFunction<Round> figure) {
        double[] ratios = new double[rounds.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(against.rounds.get(i));
        }
        return middle(java.util.Arrays.stream(ratios).sorted().toArray());
    }

    private static double middle(double[] sorted) {
        return sorted[sorted.length / 2];
    }
}
