package org.liverecordings.settings;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.smallrye.config.WithDefault;
import io.smallrye.config.common.utils.StringUtil;
import org.liverecordings.api.signin.bearer.SignInConfig;
import org.liverecordings.api.signin.bearer.SignInList;

/** The page of settings, as the interfaces and what is written over them have it. */
final class SettingsPage {

    private static final String HEAD = """
            # Settings

            A test writes this page from the sources. To change it, change the Javadoc there, then

            ```console
            ./mvnw test -Dtest=SettingsPageTest; cp target/settings.md docs/settings.md
            ```

            and, where a name changed, `cp target/settings.txt src/main/resources/META-INF/` for the service and
            `cp target/values.schema.json src/main/helm/added/` for the chart, which find out misspelt ones by them.

            Every setting can be an environment variable as shown, a system property (`live-recordings.lines.file`), or a line in
            `config/application.properties` beside the program. An unknown word, a value out of bounds, a bad file or a missing address stops
            the start with a message that names the setting. The settings of the framework, such as the database's address and the port, are
            in [deploying](deploying.md#settings-of-the-framework).

            A variable whose name begins with `LIVE_RECORDINGS_` and is no setting changes nothing: the log names it at the start, unless it is
            what Kubernetes tells of a Service. `<NAME>` in a variable is one word of letters and digits. One of several
            words stands between two more underscores, and has dots: `LIVE_RECORDINGS_WEBHOOKS__MY_CRM__URL` is the webhook `my.crm`'s.

            Passwords and user names are taken byte for byte, from the environment, a file (of which one line's end at the end doesn't count) or
            `config/application.properties` (after that format's own escapes): nothing in them is an expression. Set a password or its file,
            not both. In the lists of *Sign in* a backslash escapes a comma, and no other character means anything.
            """;

    private static final Pattern CODE = Pattern.compile("\\{@code ([^{}]*(?:\\{\\w*}[^{}]*)*)}");
    private static final Pattern LINK = Pattern.compile("\\{@link #(\\w+)}");

    private final List<Class<?>> mappings = Setting.mappings();
    private final Map<String, String> javadocs;

    SettingsPage() {
        List<Class<?>> documented = new ArrayList<>(mappings);
        documented.add(SignInList.class);
        javadocs = Javadocs.of(documented);
    }

    /** The whole page. */
    String text() {
        return mappings.stream()
                .sorted(Comparator.comparing(SettingsPage::title))
                .map(this::section)
                .collect(Collectors.joining("", HEAD, ""));
    }

    /** The names of all settings as environment variables, with {@code <NAME>} for what is named by whoever sets it. */
    List<String> variables() {
        return Stream.concat(
                        mappings.stream().flatMap(Setting::of).map(Setting::name),
                        Arrays.stream(SignInList.values()).map(SignInList::setting))
                .map(SettingsPage::variable)
                .toList();
    }

    private String section(Class<?> mapping) {
        Stream<String> lists = mapping == SignInConfig.class
                ? Arrays.stream(SignInList.values()).map(this::row)
                : Stream.of();
        return "\n## " + title(mapping) + "\n\n" + markdown(javadoc(mapping.getCanonicalName()), Setting.of(mapping))
                + "\n\n| setting | meaning | default | bounds |\n|---|---|---|---|\n"
                + Stream.concat(
                                lists,
                                Setting.of(mapping)
                                        .sorted(Comparator.comparing(Setting::name))
                                        .map(this::row))
                        .collect(Collectors.joining());
    }

    private static String title(Class<?> mapping) {
        String words = StringUtil.skewer(mapping.getSimpleName().replaceFirst("Config$", ""))
                .replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private String row(Setting setting) {
        Method method = setting.method();
        WithDefault usual = method.getAnnotation(WithDefault.class);
        String meaning = javadoc(method.getDeclaringClass().getCanonicalName() + "." + method.getName());
        return row(
                setting.name(),
                markdown(meaning, Setting.of(setting.mapping())),
                usual != null ? code(usual.value()) : setting.isOptional() ? "none" : "must be set",
                bounds(setting));
    }

    private String row(SignInList list) {
        String meaning = javadoc(SignInList.class.getCanonicalName() + "." + list.name());
        String usual = list.usual().isEmpty() ? "none" : code(list.usual());
        return row(list.setting(), markdown(meaning, Stream.of()), usual, "0–" + number(list.most()) + " items");
    }

    private static String row(String name, String meaning, String usual, String bounds) {
        return "| " + code(variable(name)) + " | " + meaning.replace("|", "\\|") + " | " + usual + " | " + bounds
                + " |\n";
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String variable(String name) {
        return StringUtil.replaceNonAlphanumericByUnderscores(name)
                .toUpperCase(Locale.ROOT)
                .replace("_EAST_", "_<NAME>_");
    }

    private static String bounds(Setting setting) {
        Class<?> type = setting.type();
        if (type == boolean.class) {
            return "`true`, `false`";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(word -> "`" + StringUtil.skewer(((Enum<?>) word).name().toLowerCase(Locale.ROOT)) + "`")
                    .collect(Collectors.joining(", "));
        }
        if (type == Duration.class || type == double.class) {
            return setting.min() + "–" + setting.max();
        }
        return number(Long.parseLong(setting.min())) + "–" + number(Long.parseLong(setting.max()))
                + (type == int.class ? "" : Collection.class.isAssignableFrom(type) ? " items" : " characters");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private String javadoc(String name) {
        String text = javadocs.get(name);
        if (text == null) {
            throw new IllegalStateException(name + " has no Javadoc");
        }
        return text;
    }

    /** @param siblings the settings that a link may lead to */
    private static String markdown(String javadoc, Stream<Setting> siblings) {
        Map<String, String> variables = siblings.collect(
                Collectors.toMap(each -> each.method().getName(), each -> variable(each.name()), (one, other) -> one));
        String linked =
                LINK.matcher(javadoc).replaceAll(link -> "`" + variables.getOrDefault(link.group(1), "?") + "`");
        String text = CODE.matcher(linked).replaceAll("`$1`");
        if (text.contains("{@") || text.contains("`?`")) {
            throw new IllegalStateException("no Markdown for " + javadoc);
        }
        return text;
    }
}
