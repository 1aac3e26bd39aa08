package org.liverecordings.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.docs.Pages;

class SettingsPageTest {

    private static final SettingsPage PAGE = new SettingsPage();

    @Test
    void thePageIsWhatTheSourcesSay() throws IOException {
        assertCommitted(Path.of("docs", "settings.md"), PAGE.text());
    }

    @Test
    void theServiceKnowsTheirNames() throws IOException {
        assertCommitted(Path.of("src", "main", "resources", "META-INF", "settings.txt"), SettingNames.list());
    }

    @Test
    void theChartKnowsTheirNames() throws IOException {
        assertCommitted(SettingNames.SCHEMA, SettingNames.schema());
    }

    private static void assertCommitted(Path file, String generated) throws IOException {
        Path written = Files.writeString(Path.of("target").resolve(file.getFileName()), generated);
        assertEquals(
                generated,
                Files.readString(file),
                file + " isn't what the sources say. This writes it: cp " + written + " " + file);
    }

    static Stream<Path> pages() {
        return Pages.all();
    }

    /** Of a name that is told by its end, such as {@code …_PASSWORD}, nothing is known. */
    @ParameterizedTest
    @MethodSource("pages")
    void everySettingThatAPageNamesIsThere(Path page) throws IOException {
        Pattern known = Pattern.compile(PAGE.variables().stream()
                .map(variable -> variable.replace("<NAME>", "(<NAME>|" + SettingNames.NAME + ")"))
                .collect(Collectors.joining("|")));

        List<String> named = Pattern.compile("\\bLIVE_RECORDINGS_[A-Z0-9_<>]+(?![A-Z0-9_<>…])")
                .matcher(Files.readString(page))
                .results()
                .map(MatchResult::group)
                .toList();

        List<String> unknown =
                named.stream().filter(name -> !known.matcher(name).matches()).toList();
        assertEquals(List.of(), unknown);
    }

    @Test
    void theSettingsAreFound() {
        List<String> variables = PAGE.variables();

        assertTrue(
                variables.containsAll(List.of(
                        "LIVE_RECORDINGS_RECORDER",
                        "LIVE_RECORDINGS_SIGN_IN_NAME_CLAIMS",
                        "LIVE_RECORDINGS_ASTERISK_PAUSE",
                        "LIVE_RECORDINGS_WEBHOOKS_<NAME>_ALLOW_HTTP")),
                variables::toString);
    }
}
