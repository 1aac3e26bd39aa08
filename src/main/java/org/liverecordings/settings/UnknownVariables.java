package org.liverecordings.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Finds variables of the environment that are named like our settings and are none, such as a misspelt one. Nothing else tells of them:
 * of a file's settings the framework refuses unknown ones, of the environment's it can't know whom they are for. Those of named groups
 * {@link NamesInEnvironment} looks at.
 */
public final class UnknownVariables {

    private static final String OURS = "LIVE_RECORDINGS_";

    private static final String NAMES = "/META-INF/settings.txt";
    private static final String NAMED = "<NAME>";

    private static final String SERVICE_HOST = "_SERVICE_HOST";
    private static final Pattern SERVICE_LINK = Pattern.compile("_" + NamesInEnvironment.SERVICE_LINK);

    private final Set<String> settings;

    /** What variables of named groups begin with. */
    private final Set<String> groups;

    /** Reads the names of all settings. */
    public UnknownVariables() {
        try (InputStream names = UnknownVariables.class.getResourceAsStream(NAMES)) {
            settings = new String(names.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        groups = settings.stream()
                .filter(setting -> setting.contains(NAMED))
                .map(setting -> setting.substring(0, setting.indexOf(NAMED)))
                .collect(Collectors.toSet());
    }

    /**
     * Looks through what a configuration has of the environment, and of a file {@code .env}.
     *
     * @return the unknown variables, in upper case
     */
    public Set<String> in(SmallRyeConfig config) {
        Set<String> ours = new TreeSet<>();
        for (ConfigSource source : config.getConfigSources(EnvConfigSource.class)) {
            for (String name : source.getPropertyNames()) {
                String variable = NamesInEnvironment.mayBeOurs(name) ? NamesInEnvironment.variable(name) : "";
                if (variable.startsWith(OURS)) {
                    ours.add(variable);
                }
            }
        }
        List<String> services = ours.stream()
                .filter(variable -> variable.endsWith(SERVICE_HOST))
                .map(variable -> variable.substring(0, variable.length() - SERVICE_HOST.length()))
                .toList();
        ours.removeIf(variable -> settings.contains(variable)
                || groups.stream().anyMatch(variable::startsWith)
                || isServiceLink(variable, services));
        return ours;
    }

    private static boolean isServiceLink(String variable, List<String> services) {
        return services.stream()
                .anyMatch(service -> variable.startsWith(service)
                        && SERVICE_LINK
                                .matcher(variable.substring(service.length()))
                                .matches());
    }
}
