package org.liverecordings.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that people read. */
public final class Pages {

    private static final Pattern FENCED = Pattern.compile("(?ms)^( *)```(\\S*)\\n(.*?)^\\1```$");

    private Pages() {}

    /**
     * What stands between fences.
     *
     * @param language the word after the first fence; empty for none
     * @param text without the indentation of its fences
     */
    public record Block(String language, String text) {}

    /** The README, those in docs, and whatever else lies beside the README. */
    public static Stream<Path> all() {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("", "docs")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return pages.stream();
    }

    /** What is between fences on a page, in its order. */
    public static List<Block> blocks(Path page) {
        return FENCED.matcher(text(page))
                .results()
                .map(block -> new Block(block.group(2), block.group(3).replaceAll("(?m)^" + block.group(1), "")))
                .toList();
    }

    /** The whole page. */
    public static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page without what is between fences. */
    public static String prose(Path page) {
        return FENCED.matcher(text(page)).replaceAll("");
    }
}
