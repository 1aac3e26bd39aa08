package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/upgrade} in clones of a small history, with a stand-in for the build. */
class CiUpgradeTest {

    private static final String MIGRATIONS = "src/main/resources/db/migration/";

    @TempDir
    Path folder;

    private Path origin;

    @BeforeEach
    void makeHistory() throws Exception {
        origin = Files.createDirectory(folder.resolve("origin"));
        run(origin, "git", "init", "--quiet", "--initial-branch=main");
        Files.createDirectories(origin.resolve(".ci"));
        Files.copy(Path.of(".ci/upgrade"), origin.resolve(".ci/upgrade"));
        commit("version", "one", MIGRATIONS + "V1__first.sql", "1");
        commit("version", "two", MIGRATIONS + "V9__ninth.sql", "9");
        run(origin, "git", "checkout", "--quiet", "-b", "side");
        commit("version", "of the side", MIGRATIONS + "V10__tenth.sql", "10");
        run(origin, "git", "checkout", "--quiet", "main");
        commit("version", "three", "other", "3");
        run(origin, "git", "merge", "--quiet", "-X", "ours", "-m", "Merge", "side");
        commit("version", "four", "other", "4");
    }

    @Test
    void theLastCommitOfTheMainLineWithoutTheNewestMigrationIsBuiltOnce() throws Exception {
        Path clone = clone("whole");

        Output first = upgrade(clone);
        Output second = upgrade(clone);

        assertEquals(0, first.exitCode(), first.text());
        assertEquals(first, second);
        Path built = Path.of(first.text().strip()).resolve("quarkus-run.jar");
        assertEquals("three", Files.readString(built));
        assertEquals(List.of("three"), Files.readAllLines(folder.resolve("builds")));
    }

    @Test
    void aHistoryThatIsTooShortIsSaid() throws Exception {
        Path clone = clone("short", "--depth", "1");

        Output output = upgrade(clone);

        assertEquals(1, output.exitCode());
        assertEquals(
                "the history of this clone doesn't reach back to before " + MIGRATIONS + "V10__tenth.sql\n",
                output.text());
    }

    private record Output(int exitCode, String text) {}

    private Path clone(String name, String... options) throws Exception {
        Path clone = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of("git", "clone", "--quiet"));
        command.addAll(List.of(options));
        command.addAll(List.of("file://" + origin, clone.toString()));
        run(folder, command.toArray(String[]::new));
        return clone;
    }

    private Output upgrade(Path clone) throws Exception {
        return output(clone, "bash", ".ci/upgrade");
    }

    /** The build is that of the commit: it packs what the commit's file {@code version} says. */
    private void commit(String file, String content, String other, String otherContent) throws Exception {
        Files.writeString(origin.resolve("mvnw"), """
                #!/bin/sh
                cd "$(dirname "$0")" && mkdir -p target/quarkus-app && cp version target/quarkus-app/quarkus-run.jar
                (cat version; echo) >>'%s'
                """.formatted(folder.resolve("builds")));
        assertTrue(origin.resolve("mvnw").toFile().setExecutable(true));
        Files.writeString(origin.resolve(file), content);
        Files.createDirectories(origin.resolve(other).getParent());
        Files.writeString(origin.resolve(other), otherContent);
        run(origin, "git", "add", "--all");
        run(origin, "git", "commit", "--quiet", "-m", content);
    }

    private void run(Path directory, String... command) throws Exception {
        Output output = output(directory, command);
        assertEquals(0, output.exitCode(), output.text());
    }

    private Output output(Path directory, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("HOME", folder.toString());
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            builder.environment().put("GIT_" + who + "_NAME", "somebody");
            builder.environment().put("GIT_" + who + "_EMAIL", "somebody@example.com");
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), text);
        return new Output(process.exitValue(), text);
    }
}
