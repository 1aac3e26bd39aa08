package org.liverecordings.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads query parameters as the vendor's server does. */
public final class LineQuery {

    private static final Pattern FORGOTTEN_PLUS = Pattern.compile("^\\\\? (?=[0-9])");

    private LineQuery() {}

    /**
     * The first value of the parameter, whose name matches without regard to case. A value that isn't properly encoded is taken
     * literally.
     *
     * @param rawQuery null if the request has none
     * @return null if the parameter is absent
     */
    public static String first(String rawQuery, String name) {
        if (rawQuery == null) {
            return null;
        }
        for (String parameter : rawQuery.split("&")) {
            int equals = parameter.indexOf('=');
            String found = decode(equals < 0 ? parameter : parameter.substring(0, equals));
            if (found.equalsIgnoreCase(name)) {
                return equals < 0 ? "" : decode(parameter.substring(equals + 1));
            }
        }
        return null;
    }

    /**
     * The first value of a parameter that is a directory number. A space before the first digit was a plus sign that the client
     * forgot to encode: no number begins with a space.
     */
    public static String firstNumber(String rawQuery, String name) {
        String number = first(rawQuery, name);
        return number == null ? null : FORGOTTEN_PLUS.matcher(number).replaceFirst("+");
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
