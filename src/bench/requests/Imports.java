package requests;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Starts of one replica with a file of lines, and what they take: rows of a table. */
final class Imports {

    static final List<String> HEAPS = List.of("192m", "384m", "512m", "768m", "1g", "1536m", "2g", "3g");

    private final Path folder;
    private final Postgres postgres;
    private final Fleet fleet;

    /**
     * @param folder for files
     */
    Imports(Path folder, Postgres postgres, Fleet fleet) {
        this.folder = folder;
        this.postgres = postgres;
        this.fleet = fleet;
        System.out.println("| lines | registry | heap | start with import | start again | most memory, import |"
                + " memory, again |\n|---:|---|---:|---:|---:|---:|---:|");
    }

    /** Imports a file of so many lines with either registry, in the smallest heap of a few. Tells in which database they are. */
    String ofSize(int lines) throws Exception {
        Path file = folder.resolve("lines-" + lines + ".csv");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            for (int line = 0; line < lines; line++) {
                out.printf("%s,%d,user%d@contact-centre.example.com,true,false%n", Sizing.device(line), Sizing.number(line), line);
            }
        }
        String database = "";
        for (String registry : List.of("memory", "postgresql")) {
            for (Iterator<String> heaps = HEAPS.iterator(); heaps.hasNext(); ) {
                String heap = heaps.next();
                Map<String, String> settings = new HashMap<>(Map.of("LIVE_RECORDINGS_LINES_FILE", file.toString()));
                if (registry.equals("postgresql")) {
                    database = postgres.newDatabase();
                    settings.putAll(postgres.settings(database));
                }
                try {
                    printImport(lines, registry, heap, settings);
                    break;
                } catch (IOException e) {
                    System.out.printf("| %,d | %s | %s | not in this heap | | | |%n", lines, registry, heap);
                    if (!heaps.hasNext()) {
                        throw e;
                    }
                }
            }
        }
        return database;
    }

    private void printImport(int lines, String registry, String heap, Map<String, String> settings) throws Exception {
        double[] seconds = new double[2];
        double[] memory = new double[2];
        for (int start = 0; start < 2; start++) {
            long began = System.nanoTime();
            Server replica = fleet.start(heap, settings);
            seconds[start] = (System.nanoTime() - began) / 1e9;
            memory[start] = start == 0 ? replica.mostRss() : replica.rss();
            fleet.close();
        }
        System.out.printf(
                Locale.ROOT,
                "| %,d | %s | %s | %.2f s | %.2f s | %.0f MB | %.0f MB |%n",
                lines,
                registry,
                heap,
                seconds[0],
                seconds[1],
                memory[0],
                memory[1]);
    }
}
