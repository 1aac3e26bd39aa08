package org.liverecordings.settings;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.common.utils.StringUtil;

/**
 * Finds environment variables that were to set something of a named group, such as a webhook, and that nobody would read.
 *
 * <p>An underscore in one may stand for a dot, a hyphen or itself, and counts as a dot: {@code …_WEBHOOKS_MY_HOOK_URL} would be the
 * setting {@code hook.url} of {@code my}, which there isn't. So it is read if the name is one word; if it stands between double
 * underscores, where it may have dots; or if something else, such as a file, has a setting of that name, as it is spelt there.
 */
final class NamesInEnvironment implements ConfigSourceInterceptorFactory {

    /** What our names begin with, whether a hyphen or an underscore follows. */
    private static final String OURS = "live";

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9_]+");

    /** A number alone would be taken for a place in a list. */
    private static final String WORD = "[A-Z0-9]*[A-Z][A-Z0-9]*|_[A-Z0-9]+(?:_[A-Z0-9]+)*_";

    /** What Kubernetes tells each pod of a Service beside it, after the Service's own name. */
    static final String SERVICE_LINK =
            "(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT(?:_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)";

    private static final Pattern SERVICE_LINKS = Pattern.compile("(?:.*_)?" + SERVICE_LINK);

    private final Set<String> names = new TreeSet<>();

    /** Next to the sources, which have the names as they were written. */
    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(1);
    }

    @Override
    public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
        // Of thousands of names few are ours.
        context.iterateNames().forEachRemaining(name -> {
            if (mayBeOurs(name)) {
                names.add(name);
            }
        });
        return ConfigSourceInterceptorContext::proceed;
    }

    /**
     * What is to be said of each variable that nobody would read.
     *
     * @param groups where the named groups are, such as {@code live-recordings.webhooks}
     * @param group the interface that has the settings of one
     */
    List<String> faults(String groups, Class<?> group) {
        List<String> settings = Arrays.stream(group.getMethods())
                .map(Method::getName)
                .map(StringUtil::skewer)
                .map(NamesInEnvironment::variable)
                .sorted()
                .toList();
        String prefix = variable(groups) + "_";
        Pattern read =
                Pattern.compile("(?:" + WORD + spelt(groups) + ")_(?:" + String.join("|", settings) + ")(?:_[0-9]+_)?");
        List<String> faults = new ArrayList<>();
        for (String name : names) {
            String rest = rest(name, prefix);
            if (rest != null
                    && !read.matcher(rest).matches()
                    && !SERVICE_LINKS.matcher(rest).matches()) {
                faults.add(
                        name + ": there is no such setting. After " + prefix + " come a name, which in an environment"
                                + " variable is one word of letters and digits, an underscore, and one of "
                                + String.join(", ", settings)
                                + ". A name such as my-own must stand in config/application.properties or a system property");
            }
        }
        return faults;
    }

    /** Null if it is no variable below the prefix. */
    private static String rest(String name, String prefix) {
        String variable = name.toUpperCase(Locale.ROOT);
        return VARIABLE.matcher(name).matches() && variable.startsWith(prefix)
                ? variable.substring(prefix.length())
                : null;
    }

    /** The names that stand in something else than the environment, each after a bar. */
    private String spelt(String groups) {
        Pattern setting = Pattern.compile(Pattern.quote(groups) + "\\.(\"[^\"]+\"|[^.\"\\[]+)\\..+");
        return names.stream()
                .map(setting::matcher)
                .filter(Matcher::matches)
                .map(found -> "|" + variable(found.group(1)))
                .distinct()
                .collect(Collectors.joining());
    }

    /** In capital letters or not. What it leaves out needn't be brought into the form of a {@link #variable}. */
    static boolean mayBeOurs(String name) {
        return name.regionMatches(true, 0, OURS, 0, OURS.length());
    }

    /** A setting's name as that of a variable. */
    static String variable(String name) {
        return StringUtil.replaceNonAlphanumericByUnderscores(name).toUpperCase(Locale.ROOT);
    }
}
