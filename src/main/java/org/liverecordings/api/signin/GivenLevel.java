package org.liverecordings.api.signin;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;

/**
 * The Call Recording level that an organisation gives to a group of people or to a user: everywhere, or on the lines of some groups.
 *
 * @param level everywhere, from 1 to 10
 * @param managedGroups the groups of lines on which it is complete management, whatever the level; never null
 */
public record GivenLevel(int level, Set<Line.Group> managedGroups) {

    private static final int MOST_GROUPS = 100;

    private static final Pattern FORM = Pattern.compile("([1-9]|10)(?::(.*))?", Pattern.DOTALL);

    /** Checks what the parameters say. */
    public GivenLevel {
        managedGroups = Set.copyOf(managedGroups);
    }

    /** Whether a text begins as {@link #parse} reads it; what comes after it may still make no sense. */
    public static boolean hasForm(String text) {
        return FORM.matcher(text.strip()).matches();
    }

    /**
     * Reads {@code 7}, or {@code 10:milan|rome} for level 10 on the lines of these groups, and level 1 elsewhere.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static GivenLevel parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("the level is not a number from 1 to 10");
        }
        int level = Integer.parseInt(form.group(1));
        if (form.group(2) == null) {
            return new GivenLevel(level, Set.of());
        }
        if (level < Caller.COMPLETE_MANAGEMENT) {
            throw new IllegalArgumentException("only level 10 is given on groups of lines, not " + text);
        }
        Set<Line.Group> groups = new HashSet<>();
        for (String name : form.group(2).split("\\|", -1)) {
            if (!groups.add(Line.Group.of(name))) {
                throw new IllegalArgumentException("there twice: " + name.strip());
            }
        }
        if (groups.size() > MOST_GROUPS) {
            throw new IllegalArgumentException(groups.size() + " groups of lines are too many; at most " + MOST_GROUPS);
        }
        return new GivenLevel(1, groups);
    }
}
