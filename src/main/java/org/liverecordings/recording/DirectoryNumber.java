package org.liverecordings.recording;

import java.util.Objects;
import java.util.regex.Pattern;

import org.liverecordings.text.Texts;

/**
 * The number of a line, such as {@code 101} or {@code +390584943232}.
 *
 * @param value neither null nor blank, without the backslash that CUCM writes before a leading plus sign
 */
public record DirectoryNumber(String value) {

    private static final Pattern INVENTORIED =
            Pattern.compile("(?=.*[0-9X])(?=\\\\?.{1,50}$)(\\\\?\\+)?[0-9X#\\[\\]*-]+");

    /** Strips outer white space and turns CUCM's {@code \+39…} into {@code +39…}. */
    public DirectoryNumber {
        value = Texts.strip(value);
        if (value.startsWith("\\+")) {
            value = value.substring(1);
        }
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a directory number can't be blank");
        }
    }

    /**
     * @param text may be null
     * @return null if the text is absent, empty or blank
     */
    public static DirectoryNumber ofNullable(String text) {
        return Texts.isBlank(text) ? null : new DirectoryNumber(text);
    }

    /** What {@link #ofNullable} makes a number of again: null if the number is null. */
    public static String valueOf(DirectoryNumber number) {
        return number == null ? null : number.value();
    }

    /**
     * @param text neither null nor blank
     */
    public static DirectoryNumber of(String text) {
        return new DirectoryNumber(Objects.requireNonNull(text));
    }

    /**
     * A directory number as an inventory must have it. What a request names may be anything: it is no such line.
     *
     * @param text never null
     * @throws IllegalArgumentException if it isn't up to 50 of the characters that a number is made of, or has none of 0 to 9 and X
     */
    public static DirectoryNumber ofInventory(String text) {
        if (!INVENTORIED.matcher(Texts.strip(text)).matches()) {
            throw new IllegalArgumentException(
                    "a directory number must be up to 50 of 0 to 9, X # [ ] - * after at most one +," + " not '"
                            + Texts.strip(text) + "'");
        }
        return new DirectoryNumber(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
