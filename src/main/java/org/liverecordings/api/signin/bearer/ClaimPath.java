package org.liverecordings.api.signin.bearer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in a token something is: names of claims, of which each but the last one holds an object. */
final class ClaimPath {

    private static final Pattern SEGMENT = Pattern.compile("(?:\"([^\"]+)\"|([^\"/]+))(/|$)");

    private final List<String> names;

    private ClaimPath(List<String> names) {
        this.names = List.copyOf(names);
    }

    /**
     * Reads {@code realm_access/roles}; a name with a slash in it is quoted: {@code "https://example.com/roles"}.
     *
     * @throws IllegalArgumentException if a name is empty or a quote is odd
     */
    static ClaimPath parse(String text) {
        List<String> names = new ArrayList<>();
        Matcher segment = SEGMENT.matcher(text);
        boolean more = true;
        while (more && segment.lookingAt()) {
            names.add(segment.group(1) == null ? segment.group(2) : segment.group(1));
            more = !segment.group(3).isEmpty();
            segment.region(segment.end(), text.length());
        }
        if (more) {
            throw new IllegalArgumentException("not names with slashes between them: " + text);
        }
        return new ClaimPath(names);
    }

    /**
     * What is there: a text, a number, a list, a map.
     *
     * @return null if it isn't there, such as what would be in something that isn't an object
     */
    Object find(Map<String, Object> claims) {
        Object found = claims;
        for (String name : names) {
            found = found instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return found;
    }

    @Override
    public String toString() {
        return String.join("/", names);
    }
}
