package org.liverecordings.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.common.utils.StringUtil;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Finds variables of the environment that are named like our settings and are none, such as a misspelt one. Nothing else tells of them:
 * of a file's settings the framework refuses unknown ones, of the environment's it can't know whom they are for.
 */
public final class UnknownVariables {

    private static final String OURS = "LIVE_RECORDINGS_";

    private static final String NAMES = "/META-INF/settings.txt";
    private static final String NAMED = "<NAME>";

    /** A name, such as a webhook's, that the environment can tell: one word, or several between two more underscores. */
    private static final Pattern ONE_NAME = Pattern.compile("[A-Z0-9]+|_[A-Z0-9_]+_");

    private static final String SERVICE_HOST = "_SERVICE_HOST";

    /** What Kubernetes tells every pod of a Service, after the Service's own name. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    private final List<String> settings;
    private final Set<String> plain;

    /** Reads the names of all settings. */
    public UnknownVariables() {
        try (InputStream names = UnknownVariables.class.getResourceAsStream(NAMES)) {
            settings = new String(names.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        plain = Set.copyOf(settings);
    }

    /**
     * Looks through what a configuration has of the environment, and of a file {@code .env}.
     *
     * @return the unknown variables, in upper case, each with the setting that is spelt most alike
     */
    public Map<String, String> in(SmallRyeConfig config) {
        Set<String> ours = new TreeSet<>();
        List<String> services = new ArrayList<>();
        for (ConfigSource source : config.getConfigSources(EnvConfigSource.class)) {
            for (String name : source.getPropertyNames()) {
                // Most are other people's, and needn't be brought into the form of ours.
                String variable = name.regionMatches(true, 0, OURS, 0, 4) ? variable(name) : "";
                if (variable.startsWith(OURS) && ours.add(variable) && variable.endsWith(SERVICE_HOST)) {
                    services.add(variable.substring(0, variable.length() - SERVICE_HOST.length()));
                }
            }
        }
        Map<String, String> unknown = new TreeMap<>();
        for (String variable : ours) {
            if (!isSetting(variable, config) && !isServiceLink(variable, services)) {
                unknown.put(variable, closest(variable));
            }
        }
        return unknown;
    }

    private static String variable(String name) {
        return StringUtil.replaceNonAlphanumericByUnderscores(name).toUpperCase(Locale.ROOT);
    }

    private static boolean isServiceLink(String variable, List<String> services) {
        return services.stream()
                .anyMatch(service -> variable.startsWith(service)
                        && SERVICE_LINK
                                .matcher(variable.substring(service.length()))
                                .matches());
    }

    private boolean isSetting(String variable, SmallRyeConfig config) {
        return plain.contains(variable) || settings.stream().anyMatch(setting -> isNamed(variable, setting, config));
    }

    /** Whether it is such a setting, of a name that the environment can tell or that another source of settings has told. */
    private static boolean isNamed(String variable, String setting, SmallRyeConfig config) {
        int name = setting.indexOf(NAMED);
        if (name < 0) {
            return false;
        }
        String before = setting.substring(0, name);
        String after = setting.substring(name + NAMED.length());
        if (!variable.startsWith(before)
                || !variable.endsWith(after)
                || variable.length() <= before.length() + after.length()) {
            return false;
        }
        String named = variable.substring(0, variable.length() - after.length());
        return ONE_NAME.matcher(named.substring(before.length())).matches()
                || StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                        .anyMatch(known -> known.startsWith("live-recordings.")
                                && variable(known).startsWith(named + "_"));
    }

    private String closest(String variable) {
        return settings.stream()
                .min(Comparator.comparingInt(setting -> distance(setting.replace(NAMED, "*"), variable)))
                .orElseThrow();
    }

    /** How many letters must be added, taken out or changed (Levenshtein); what a star stands for costs nothing. */
    private static int distance(String setting, String variable) {
        int[] row = new int[variable.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= setting.length(); i++) {
            char letter = setting.charAt(i - 1);
            int diagonal = row[0];
            row[0] = letter == '*' ? diagonal : diagonal + 1;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                row[j] = letter == '*'
                        ? Math.min(above, row[j - 1])
                        : Math.min(
                                Math.min(above, row[j - 1]) + 1, diagonal + (letter == variable.charAt(j - 1) ? 0 : 1));
                diagonal = above;
            }
        }
        return row[variable.length()];
    }
}
