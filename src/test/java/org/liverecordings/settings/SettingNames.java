package org.liverecordings.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.liverecordings.docs.Pages;

/** The names of all settings, for those who find out misspelt ones: the service itself, and the schema of the chart's values. */
final class SettingNames {

    static final Path SCHEMA = Path.of("src", "main", "helm", "added", "values.schema.json");

    /** What is named by whoever sets it, as the environment can tell it: one word, or several between underscores. */
    static final String NAME = "([A-Z0-9]+|_[A-Z0-9_]+_)";

    private static final Pattern STANDARD = Pattern.compile("\\bMP_JWT_[A-Z_]+");
    private static final String FRAMEWORKS = "^(QUARKUS|SMALLRYE)_[A-Z0-9_]+$";

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

    /** The schema as it is, with these names as the settings that it takes. */
    static String schema() throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode schema = (ObjectNode) json.readTree(SCHEMA.toFile());
        ObjectNode settings = (ObjectNode) schema.at("/properties/app/properties/settings");
        ObjectNode plain = settings.putObject("properties");
        ObjectNode patterns = settings.putObject("patternProperties");
        names().forEach(name -> {
            boolean isPlain = !name.contains("<NAME>");
            (isPlain ? plain : patterns)
                    .putObject(isPlain ? name : "^" + name.replace("<NAME>", NAME) + "$")
                    .put("type", "string");
        });
        patterns.putObject(FRAMEWORKS).put("type", "string");
        return json.writer(printer()).writeValueAsString(schema) + "\n";
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        return printer;
    }
}
