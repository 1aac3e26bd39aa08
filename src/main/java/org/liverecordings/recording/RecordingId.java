package org.liverecordings.recording;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import org.liverecordings.text.Texts;

/**
 * The id of a recording: a GUID.
 *
 * @param value never null
 */
public record RecordingId(UUID value) implements Comparable<RecordingId> {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern HYPHENATED =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /**
     * Reads a GUID as the vendor's parser does: 32 digits, or 8-4-4-4-12 digits, the latter also in braces or parentheses,
     * in any case, with white space of any kind around it. {@link UUID#fromString} is laxer: it takes short groups.
     *
     * @param text may be null
     * @return empty if the text is not a GUID
     */
    public static Optional<RecordingId> parse(String text) {
        if (text == null) {
            return Optional.empty();
        }
        String guid = Texts.strip(text);
        if (isWrapped(guid, '{', '}') || isWrapped(guid, '(', ')')) {
            guid = guid.substring(1, guid.length() - 1);
            return HYPHENATED.matcher(guid).matches() ? Optional.of(fromHyphenated(guid)) : Optional.empty();
        }
        if (DIGITS.matcher(guid).matches()) {
            return Optional.of(new RecordingId(
                    new UUID(Long.parseUnsignedLong(guid, 0, 16, 16), Long.parseUnsignedLong(guid, 16, 32, 16))));
        }
        return HYPHENATED.matcher(guid).matches() ? Optional.of(fromHyphenated(guid)) : Optional.empty();
    }

    private static boolean isWrapped(String text, char open, char close) {
        return text.length() > 1 && text.charAt(0) == open && text.charAt(text.length() - 1) == close;
    }

    private static RecordingId fromHyphenated(String guid) {
        return new RecordingId(UUID.fromString(guid));
    }

    /**
     * The order in which ids are written; a UUID's own order takes its halves for signed numbers. Hash maps rely on it too
     * where the ids of a recorder have halves that follow each other, since then their hashes are all alike.
     */
    @Override
    public int compareTo(RecordingId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    /** The hyphenated form, in lower case. */
    @Override
    public String toString() {
        return value.toString();
    }
}
