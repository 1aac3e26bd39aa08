package org.liverecordings.api.signin.bearer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.smallrye.config.Expressions;
import org.eclipse.microprofile.config.Config;

/**
 * Reads lists whose elements may hold any character: commas divide, unless a backslash stands before one, and nothing else means
 * anything. The framework would take <code>${…}</code> in a group's name for a reference.
 */
final class ListSetting {

    private ListSetting() {}

    /**
     * The elements, each parsed, without white space around them; empty if the setting isn't there.
     *
     * @param most how many there may be
     * @throws IllegalArgumentException if there are more, or if one can't be parsed; the message names the setting
     */
    static <T> List<T> read(Config config, String name, int most, Function<String, T> parser) {
        String text = Expressions.withoutExpansion(() -> config.getOptionalValue(name, String.class))
                .orElse("");
        List<String> elements = split(text);
        if (elements.size() > most) {
            throw new IllegalArgumentException(
                    name + ": " + elements.size() + " elements are too many; at most " + most);
        }
        try {
            return elements.stream().map(parser).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * A comma after a backslash belongs to the element. Right before a comma, two backslashes stand for one, so that an element
     * can end with one; everywhere else each stands for itself.
     */
    static List<String> split(String text) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        int backslashes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',') {
                element.setLength(element.length() - (backslashes + 1) / 2);
            }
            if (c == ',' && backslashes % 2 == 0) {
                add(elements, element);
                element.setLength(0);
            } else {
                element.append(c);
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        add(elements, element);
        return List.copyOf(elements);
    }

    private static void add(List<String> elements, StringBuilder element) {
        String text = element.toString().strip();
        if (!text.isEmpty()) {
            elements.add(text);
        }
    }
}
