package org.liverecordings.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.docs.PageRun.Ran;
import org.liverecordings.support.AsteriskServer;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.Programs;
import org.liverecordings.support.ServiceProcess;

/** What the pages tell a reader to run, run against the package, and the statuses that their comments announce. */
class DocumentedCommandsIT {

    /** Each is run in a shell of its own, at the same time as the others. */
    static final List<Path> PAGES = Stream.of(
                    "README.md",
                    "docs/deploying.md",
                    "docs/events.md",
                    "docs/integrating.md",
                    "docs/operating.md",
                    "docs/recorders.md",
                    "docs/timers.md")
            .map(Path::of)
            .toList();

    /** What the pages call a port. Others may be at work on this machine. */
    private static final List<String> PORTS = List.of("8080", "8081", "8082", "8088", "9000", "5060", "5071");

    @TempDir
    static Path folder;

    private static final List<Ran> RAN = new ArrayList<>();
    private static final List<Path> LEFT_OUT = new ArrayList<>();

    @BeforeAll
    static void runThePages() throws IOException {
        List<PageRun> runs = new ArrayList<>();
        for (Path page : PAGES) {
            if (missing(page).isEmpty()) {
                Path checkout = Files.createDirectory(folder.resolve(page.getFileName()));
                Map<String, String> replaced = replaced();
                runs.add(PageRun.start(page, checkout, replaced, environment(replaced)));
            } else {
                LEFT_OUT.add(page);
            }
        }
        runs.forEach(run -> RAN.addAll(run.await()));
    }

    /** The programs that a page's commands need, and that this machine lacks. */
    private static List<String> missing(Path page) {
        String commands = PageRun.commands(page).toString();
        return Stream.of("openssl", "curl", "node", "mcs", "mono", "sipp", ".ci/asterisk")
                .filter(program -> commands.contains(program + " ") || commands.contains(program + ")"))
                .filter(program -> program.equals(".ci/asterisk")
                        ? !AsteriskServer.isThere()
                        : Programs.find(program).isEmpty())
                .toList();
    }

    private static Map<String, String> replaced() {
        Map<String, String> replaced = new HashMap<>();
        PORTS.forEach(port -> replaced.put("\\b" + port + "\\b", Integer.toString(ServiceProcess.freePort())));
        replaced.put("java -jar target/quarkus-app/quarkus-run.jar", String.join(" ", ServiceProcess.command()));
        PostgresServer database = PostgresServer.shared();
        replaced.put("jdbc:postgresql://localhost:5432/postgres", database.url(database.newDatabase()));
        return replaced;
    }

    private static Map<String, String> environment(Map<String, String> replaced) {
        return Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", replaced.get("\\b8080\\b"));
    }

    static Stream<Ran> blocks() {
        return RAN.stream();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyBlockDoesWhatItsPageSays(Ran block) {
        assertTrue(block.ended(), block.output());
        assertEquals(block.announced(), block.answered(), block.output());
    }

    static Stream<Path> pages() {
        return PAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsRun(Path page) {
        assumeTrue(!LEFT_OUT.contains(page), () -> "LEFT OUT: " + page + " needs " + missing(page));

        long ran = RAN.stream().filter(block -> block.page().equals(page)).count();

        assertTrue(ran > 0);
    }
}
