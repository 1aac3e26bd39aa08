package org.liverecordings.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.docs.Pages.Block;

/** No command on a page escapes {@link DocumentedCommandsIT} but for a reason. */
class CommandsTest {

    /** The page is written by a test, its commands are run by tests of its own or need a cluster or an identity provider, or it has none. */
    private static final Set<String> ELSEWHERE = Set.of(
            "failover.md",
            "helm.md",
            "moving-from-ucx.md",
            "observing.md",
            "runbook.md",
            "settings.md",
            "signing-in.md",
            "upgrading.md");

    /** A build would run the tests, a JDK 25 and a native executable may be missing, and so are a cluster, Docker and the end of a stream. */
    private static final Pattern CANNOT_RUN_HERE = Pattern.compile(
            "\\./mvnw|\\bkubectl |\\bdocker |-XX:AOTCache|target/live-recordings-\\S+-runner|db\\.example\\.com|curl -sN");

    private static final Pattern COMMAND =
            Pattern.compile("(?m)^ *(\\./mvnw|curl|java|docker|kubectl|openssl|htpasswd|helm|node|bash|cp|mkdir) ");

    static Stream<Path> pages() {
        return DocumentedCommandsIT.PAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatIsNotRunCannotRunHere(Path page) {
        List<String> unexcused = Pages.blocks(page).stream()
                .filter(block -> block.language().equals("console"))
                .map(Block::text)
                .filter(text -> !CANNOT_RUN_HERE.matcher(text).find())
                .toList();

        assertEquals(List.of(), unexcused);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsStandInBlocksOfCommands(Path page) {
        List<String> hidden = Pages.blocks(page).stream()
                .filter(block -> !Set.of("sh", "console").contains(block.language()))
                .map(Block::text)
                .filter(text -> COMMAND.matcher(text).find())
                .toList();

        assertEquals(List.of(), hidden);
    }

    @Test
    void everyPageInDocsIsRunHereOrElsewhere() {
        Set<String> forgotten = Pages.all()
                .filter(page -> page.startsWith("docs") && !DocumentedCommandsIT.PAGES.contains(page))
                .map(page -> page.getFileName().toString())
                .filter(page -> !ELSEWHERE.contains(page))
                .collect(Collectors.toSet());

        assertEquals(Set.of(), forgotten);
    }

    @Test
    void blocksAreFound() {
        List<Block> blocks = Pages.blocks(Path.of("README.md"));

        assertEquals(
                List.of("console", "sh", "sh", "sh"),
                blocks.stream().map(Block::language).toList());
        assertTrue(
                blocks.get(1).text().startsWith("openssl genpkey"),
                blocks.get(1).text());
    }
}
