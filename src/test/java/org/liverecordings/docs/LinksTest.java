package org.liverecordings.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between pages lead somewhere. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]*)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");

    static Stream<Path> pages() {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkOfAPageLeadsSomewhere(Path page) {
        List<String> broken = links(page).stream()
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(link -> !leadsSomewhere(page, link))
                .toList();

        assertEquals(List.of(), broken);
    }

    /** Whoever begins at the README finds every page. */
    @Test
    void everyPageInDocsIsLinked() {
        Set<Path> linked = pages().flatMap(page -> links(page).stream()
                        .map(link -> page.resolveSibling(link.replaceFirst("#.*", ""))
                                .normalize()))
                .collect(Collectors.toSet());

        List<Path> unlinked = pages().filter(page -> page.startsWith("docs"))
                .filter(page -> !linked.contains(page))
                .toList();

        assertEquals(List.of(), unlinked);
        assertTrue(linked.size() > 5, linked::toString);
    }

    private static List<String> links(Path page) {
        return LINK.matcher(Pages.prose(page).replaceAll("`[^`]*`", "code"))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** As GitHub makes them: lower case, without punctuation, a hyphen for each space. */
    private static Set<String> anchors(Path page) {
        Stream<String> headings = HEADING.matcher(Pages.prose(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'));
        return Stream.concat(
                        headings,
                        ANCHOR.matcher(Pages.text(page)).results().map((MatchResult anchor) -> anchor.group(1)))
                .collect(Collectors.toSet());
    }
}
