package org.liverecordings.text;

/**
 * What counts as white space around a value. Whoever copies a name or a number out of a spreadsheet, a web page or a phone book
 * brings along what can't be seen: no-break spaces, zero-width ones, marks of direction, a byte-order mark.
 */
public final class Texts {

    private Texts() {}

    /** The text without white space around it, in any of Unicode's forms. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Whether the text is null or nothing but white space. */
    public static boolean isBlank(String text) {
        return text == null || strip(text).isEmpty();
    }

    /** The text without white space around it; null if it is {@link #isBlank}. */
    public static String stripToNull(String text) {
        return isBlank(text) ? null : strip(text);
    }

    /** Whether it is a space of any width, a line's end, or a format character, which takes no room at all. */
    private static boolean isSpace(char c) {
        return c == '\u0085'
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
