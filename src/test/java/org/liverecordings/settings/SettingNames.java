package org.liverecordings.settings;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.liverecordings.docs.Pages;

/** The names of all settings, for the service, which finds out misspelt ones. */
final class SettingNames {

    /** What is named by whoever sets it, as the environment can tell it: one word, or several between underscores. */
    static final String NAME = "([A-Z0-9]+|_[A-Z0-9_]+_)";

    private static final Pattern STANDARD = Pattern.compile("\\bMP_JWT_[A-Z_]+");

    private SettingNames() {}

    /** Ours, and those of the standard for tokens that a page names; one a line, sorted. */
    static String list() {
        return names().collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<String> names() {
        Stream<String> standard = Pages.all()
                .flatMap(page -> STANDARD.matcher(Pages.text(page)).results())
                .map(MatchResult::group);
        return Stream.concat(new SettingsPage().variables().stream(), standard)
                .distinct()
                .sorted();
    }
}
