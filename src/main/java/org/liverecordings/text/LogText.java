package org.liverecordings.text;

/** Makes text from outside safe to stand in a log line of keys and values. */
public final class LogText {

    private static final int MAX_LENGTH = 200;

    private LogText() {}

    /**
     * The text as it is if it is short and plain; else in quotes, without control characters and cut at 200 characters, so that
     * nobody can forge a line or a key.
     */
    public static String quote(String text) {
        boolean plain = !text.isEmpty() && text.length() <= MAX_LENGTH;
        for (int i = 0; plain && i < text.length(); i++) {
            char c = text.charAt(i);
            plain = c > ' ' && c < 0x7F && c != '"' && c != '=' && c != '\\';
        }
        if (plain) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), MAX_LENGTH); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                quoted.append(isMisleading(c) ? '?' : c);
            }
        }
        return quoted.append(text.length() > MAX_LENGTH ? "…\"" : "\"").toString();
    }

    /** What a failure says, as {@link #quote} has it; the word {@code null} if it says nothing. */
    public static String quoteMessage(Throwable failure) {
        return quote(String.valueOf(failure.getMessage()));
    }

    /** Whether it begins a line, can't be seen, or reorders what is around it. */
    private static boolean isMisleading(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
