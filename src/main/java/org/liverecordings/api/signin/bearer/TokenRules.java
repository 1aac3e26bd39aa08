package org.liverecordings.api.signin.bearer;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.Config;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.api.signin.GivenLevel;
import org.liverecordings.recording.Line;
import org.liverecordings.text.Texts;

/**
 * What in a token's claims makes the caller's name and groups.
 *
 * @param groups where groups are; all that exist count
 * @param levels the Call Recording level of an organisation's own groups of people
 * @param names where the name is; the first that exists counts
 * @param suffixes what is cut off the name, the longest first
 */
record TokenRules(
        List<ClaimPath> groups, Map<String, GivenLevel> levels, List<ClaimPath> names, List<String> suffixes) {

    private static final String FORM = "not of the form <group>=<level> with a level from 1 to 10: ";

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException if one makes no sense; the message names it
     */
    static TokenRules read(Config config) {
        List<String> suffixes = SignInList.NAME_SUFFIXES.read(config, Function.identity());
        return new TokenRules(
                SignInList.GROUPS_CLAIMS.read(config, ClaimPath::parse),
                levels(config),
                SignInList.NAME_CLAIMS.read(config, ClaimPath::parse),
                suffixes.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    private static Map<String, GivenLevel> levels(Config config) {
        Map<String, GivenLevel> levels = new HashMap<>();
        SignInList.LEVELS.read(config, text -> {
            int divider = text.lastIndexOf('=');
            String group = divider < 1 ? "" : text.substring(0, divider).strip();
            GivenLevel level = level(text.substring(divider + 1), text);
            if (group.isEmpty()) {
                throw new IllegalArgumentException(FORM + text);
            }
            if (levels.put(group, level) != null) {
                throw new IllegalArgumentException("there twice: " + group);
            }
            return group;
        });
        return Map.copyOf(levels);
    }

    private static GivenLevel level(String level, String text) {
        if (!GivenLevel.hasForm(level)) {
            throw new IllegalArgumentException(FORM + text);
        }
        return GivenLevel.parse(level);
    }

    /**
     * The caller's name.
     *
     * @throws IllegalArgumentException if there is none, or if it isn't a text
     */
    String name(Map<String, Object> claims) {
        for (ClaimPath path : names) {
            Object found = path.find(claims);
            if (found instanceof String name && !Texts.isBlank(name)) {
                return withoutSuffix(name);
            }
            if (found != null) {
                throw new IllegalArgumentException("no text at " + path);
            }
        }
        throw new IllegalArgumentException("no name");
    }

    private String withoutSuffix(String name) {
        for (String suffix : suffixes) {
            int rest = name.length() - suffix.length();
            if (name.regionMatches(true, rest, suffix, 0, suffix.length()) && !Texts.isBlank(name.substring(0, rest))) {
                return name.substring(0, rest);
            }
        }
        return name;
    }

    /**
     * The caller's groups, and for each that has a level the group of that level. What is neither a text nor a list of texts gives none:
     * another claim may have them.
     */
    Set<String> groups(Map<String, Object> claims) {
        Set<String> found = ownGroups(claims);
        found.addAll(given(found)
                .map(given -> CallRecordingLevel.group(given.level()))
                .toList());
        return found;
    }

    /** The groups of lines that the caller manages. */
    Set<Line.Group> managedGroups(Map<String, Object> claims) {
        return given(ownGroups(claims))
                .flatMap(given -> given.managedGroups().stream())
                .collect(Collectors.toSet());
    }

    /** What the caller's own groups give. That of a level may be given something too, but what was given gives nothing more. */
    private Stream<GivenLevel> given(Set<String> ownGroups) {
        return ownGroups.stream().map(levels::get).filter(Objects::nonNull);
    }

    private Set<String> ownGroups(Map<String, Object> claims) {
        Set<String> found = new LinkedHashSet<>();
        for (ClaimPath path : groups) {
            found.addAll(groups(path.find(claims)));
        }
        return found;
    }

    private static List<String> groups(Object claim) {
        if (claim instanceof String text) {
            return List.of(text.strip().split("\\s+"));
        }
        return claim instanceof Collection<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
