package org.liverecordings.recording;

import java.util.Objects;

/**
 * The number of a line, such as {@code 101} or {@code +390584943232}.
 *
 * @param value neither null nor blank, without the backslash that CUCM writes before a leading plus sign
 */
public record DirectoryNumber(String value) {

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

    /**
     * @param text neither null nor blank
     */
    public static DirectoryNumber of(String text) {
        return new DirectoryNumber(Objects.requireNonNull(text));
    }

    @Override
    public String toString() {
        return value;
    }
}
