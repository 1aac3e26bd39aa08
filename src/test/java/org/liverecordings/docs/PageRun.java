package org.liverecordings.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.liverecordings.docs.Pages.Block;

/**
 * The commands of a page, run one block after the other in one shell, as a reader would paste them into a checkout's folder. A
 * block that begins with a file's name is saved as that file.
 */
final class PageRun {

    private static final Path README = Path.of("README.md");
    private static final String MARK = "@@ block ";
    private static final long HANG_SECONDS = 120;
    private static final Pattern FILE = Pattern.compile("// (\\w+\\.\\w+)\\n[\\s\\S]*");
    private static final Pattern COMMENT = Pattern.compile("(?m)^ *#.*$");
    private static final Pattern STATUS = Pattern.compile("\\b([2-5]\\d\\d)\\b");
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    private final Path page;
    private final List<Block> blocks;
    private final Process shell;
    private final Path output;

    /**
     * A block that was run.
     *
     * @param announced the statuses in its comments
     * @param answered the statuses that curl printed
     * @param ended whether the shell came to its end without an error
     */
    record Ran(Path page, Block block, List<String> announced, List<String> answered, boolean ended, String output) {

        @Override
        public String toString() {
            return page + ": " + block.text().lines().findFirst().orElse("");
        }
    }

    private PageRun(Path page, List<Block> blocks, Process shell, Path output) {
        this.page = page;
        this.blocks = blocks;
        this.shell = shell;
        this.output = output;
    }

    /**
     * Begins. Any page but the README needs what the README's first block makes.
     *
     * @param folder an empty one
     * @param replaced what to put in the place of ports and addresses, by patterns
     * @param environment what the shell has besides its path
     */
    static PageRun start(Path page, Path folder, Map<String, String> replaced, Map<String, String> environment) {
        try {
            for (String each : List.of("src", "target", ".ci")) {
                Files.createSymbolicLink(folder.resolve(each), Path.of(each).toAbsolutePath());
            }
            for (Block block : Pages.blocks(page)) {
                Matcher file = FILE.matcher(block.text());
                if (file.matches()) {
                    Files.writeString(folder.resolve(file.group(1)), block.text());
                }
            }
            List<Block> blocks = new ArrayList<>(commands(page));
            if (!page.equals(README)) {
                blocks.add(0, commands(README).get(0));
            }
            Path script = folder.resolve("script");
            Files.writeString(script, script(blocks, replaced));
            Path output = folder.resolve("output");
            ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile());
            builder.environment().keySet().retainAll(List.of("PATH", "HOME", "XDG_CACHE_HOME"));
            builder.environment().putAll(environment);
            return new PageRun(page, blocks, builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of a page that are to be run. */
    static List<Block> commands(Path page) {
        return Pages.blocks(page).stream()
                .filter(block -> block.language().equals("sh"))
                .toList();
    }

    private static String script(List<Block> blocks, Map<String, String> replaced) {
        StringBuilder script =
                new StringBuilder("set -eu -o pipefail\ntrap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n");
        for (int i = 0; i < blocks.size(); i++) {
            script.append("echo; echo '")
                    .append(MARK)
                    .append(i)
                    .append("'\n")
                    .append(blocks.get(i).text());
        }
        String text = script.append("echo; echo '" + MARK + "'\n").toString();
        for (Map.Entry<String, String> each : replaced.entrySet()) {
            text = text.replaceAll(each.getKey(), Matcher.quoteReplacement(each.getValue()));
        }
        return text;
    }

    /** Waits for the end. */
    List<Ran> await() {
        try {
            if (!shell.waitFor(HANG_SECONDS, TimeUnit.SECONDS)) {
                shell.destroy();
            }
            String[] parts = Files.readString(output).split("(?m)^" + MARK + "\\d*\\n", -1);
            List<Ran> ran = new ArrayList<>();
            for (int i = 0; i < blocks.size(); i++) {
                String text = i + 1 < parts.length ? parts[i + 1] : "(not reached)";
                ran.add(new Ran(
                        page,
                        blocks.get(i),
                        found(
                                STATUS,
                                String.join("\n", found(COMMENT, blocks.get(i).text()))),
                        found(ANSWER, text),
                        i + 2 < parts.length,
                        text));
            }
            return ran;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(PageRun::last).toList();
    }

    private static String last(MatchResult found) {
        return found.group(found.groupCount());
    }
}
