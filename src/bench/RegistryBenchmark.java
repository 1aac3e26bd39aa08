import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntConsumer;

import org.liverecordings.lines.CsvLineCapabilities;
import org.liverecordings.recorder.embedded.EmbeddedCallRecorder;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;

/**
 * How long it takes to load recordings and to find one, by their number, and to read a file of lines. After {@code ./mvnw package -DskipTests}:
 *
 * <pre>java -cp 'target/classes:target/quarkus-app/lib/main/*' src/bench/RegistryBenchmark.java</pre>
 */
public class RegistryBenchmark {

    private static final int LOOKUPS = 200_000;
    private static final int ROUNDS = 5;
    private static final int LINES = 200_000;

    private static volatile int sink;

    public static void main(String... args) throws Exception {
        System.out.println("recordings   load ms   by id ns   by device ns   by number ns");
        for (int count : new int[] {1_000, 1_000, 10_000, 100_000}) {
            measure(count);
        }
        System.out.println("(the first line is the warm-up)");
        measureLines();
    }

    private static void measureLines() throws Exception {
        List<String> rows = new ArrayList<>(LINES);
        for (int i = 0; i < LINES; i++) {
            rows.add(String.format("SEP%012X,%d,user%d,true,false", i, 1_000_000 + i, i));
        }
        Path file = Files.write(Files.createTempFile("lines", ".csv"), rows);
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long started = System.nanoTime();
            sink += (int) CsvLineCapabilities.read(file.toString()).count();
            best = Math.min(best, (System.nanoTime() - started) / 1e6);
        }
        Files.delete(file);
        System.out.printf(Locale.ROOT, "%d lines read in %.0f ms (the best of %d)%n", LINES, best, ROUNDS);
    }

    private static void measure(int count) throws Exception {
        Random random = new Random(count);
        List<RecordingId> ids = new ArrayList<>(count);
        List<String> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(new RecordingId(new UUID(random.nextLong(), random.nextLong())));
            rows.add(String.format("%s,SEP%012X,%d,media-forking,manual", ids.get(i), i, 100_000 + i));
        }
        Path file = Files.write(Files.createTempFile("recordings", ".csv"), rows);
        LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
        long started = System.nanoTime();
        registry.addAll(EmbeddedCallRecorder.readRecordings(file.toString(), Instant.now()));
        double loadMillis = (System.nanoTime() - started) / 1e6;
        Files.delete(file);
        List<LineSelector> devices = new ArrayList<>(count);
        List<LineSelector> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            devices.add(new LineSelector(DeviceName.of(String.format("sep%012x", i)), null));
            numbers.add(new LineSelector(null, DirectoryNumber.of(Integer.toString(100_000 + i))));
        }
        System.out.printf(
                Locale.ROOT,
                "%10d %9.1f %10.0f %14.0f %14.0f%n",
                count,
                loadMillis,
                nanosEach(count, i -> sink += registry.find(ids.get(i)).isPresent() ? 1 : 0),
                nanosEach(count, i -> sink += registry.find(devices.get(i)).size()),
                nanosEach(count, i -> sink += registry.find(numbers.get(i)).size()));
    }

    /** The best of several rounds, of lookups in random order. */
    private static double nanosEach(int count, IntConsumer lookup) {
        double best = Double.MAX_VALUE;
        int[] order = new Random(7).ints(LOOKUPS, 0, count).toArray();
        for (int round = 0; round < ROUNDS; round++) {
            long started = System.nanoTime();
            for (int i : order) {
                lookup.accept(i);
            }
            best = Math.min(best, (double) (System.nanoTime() - started) / LOOKUPS);
        }
        return best;
    }
}
