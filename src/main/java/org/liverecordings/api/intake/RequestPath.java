package org.liverecordings.api.intake;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.liverecordings.api.ApiPaths;

/**
 * Reads the path of a request such that a proxy before us can't have read another one.
 *
 * <p>A proxy may decode {@code %2f}, resolve {@code ..} or drop {@code ;a=b} to decide whom it lets through, and pass the path on as
 * it was written. So only two kinds of paths lead anywhere: what begins with the API's own path, which is the API's whatever follows,
 * and what nobody can read in two ways.
 */
final class RequestPath {

    /** Not a URI's, although the vendor's server takes it literally. */
    private static final String ILLEGAL = "\"<>\\^`{|}#[]";

    /** What may be read in two ways: an escape, a parameter, an empty or a dot segment, and all that isn't legal. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[^A-Za-z0-9._~!$&'()*+,=:@/-]|//|/\\.{1,2}(?=/|$)");

    /** What the router itself would resolve. */
    private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.{1,2}(?=/|$)");

    /** Of a letter, a digit, or one of {@code -._~}: these mean the same escaped, to everybody. */
    private static final Pattern NEEDLESS_ESCAPE =
            Pattern.compile("%(2[DE]|3[0-9]|[46][1-9A-F]|[57][0-9A]|5F|7E)", Pattern.CASE_INSENSITIVE);

    /** The literal last segment of an operation's path. */
    private static final Pattern LAST_WORD = Pattern.compile("/(mine|pause|resume)$", Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> WORDS = Map.of("mine", "Mine", "pause", "Pause", "resume", "Resume");

    private RequestPath() {}

    /**
     * The one spelling that we route. Below the API's path segments match without regard to case and trailing slashes are
     * tolerated, as on the vendor's server. The result is its own canonical form.
     *
     * @return null if the path may be read in two ways, and so leads nowhere
     */
    static String canonical(String path) {
        return isUsual(path) ? path : rewritten(path);
    }

    /** Whether it is the API's in its own spelling, with an id after it or nothing: most are, and need no closer look. */
    private static boolean isUsual(String path) {
        int slash = ApiPaths.LIVE_RECORDINGS.length();
        if (!path.startsWith(ApiPaths.LIVE_RECORDINGS) || path.length() > slash && path.charAt(slash) != '/') {
            return false;
        }
        for (int i = slash + 1; i < path.length(); i++) {
            if (path.charAt(i) != '-' && !HexFormat.isHexDigit(path.charAt(i))) {
                return false;
            }
        }
        return path.length() != slash + 1;
    }

    private static String rewritten(String path) {
        String plain = NEEDLESS_ESCAPE
                .matcher(legal(path))
                .replaceAll(escape -> String.valueOf((char) Integer.parseInt(escape.group(1), 16)));
        String rest = belowApi(plain);
        if (rest == null) {
            return path.startsWith("/") && !AMBIGUOUS.matcher(path).find() ? path : null;
        }
        int end = rest.length();
        while (end > 0 && rest.charAt(end - 1) == '/') {
            end--;
        }
        // The router would take a parameter off its segment. To us it is a part of the value.
        String values = rest.substring(0, end).replace(";", "%3B");
        if (DOT_SEGMENT.matcher(values).find()) {
            return null;
        }
        return ApiPaths.LIVE_RECORDINGS
                + LAST_WORD
                        .matcher(values)
                        .replaceFirst(word -> "/" + WORDS.get(word.group(1).toLowerCase(Locale.ROOT)));
    }

    /** What follows the API's path: nothing, or something that begins with a slash. Null if the path isn't the API's. */
    static String belowApi(String path) {
        String api = ApiPaths.LIVE_RECORDINGS;
        boolean below = path.regionMatches(true, 0, api, 0, api.length())
                && (path.length() == api.length() || path.charAt(api.length()) == '/');
        return below ? path.substring(api.length()) : null;
    }

    /**
     * The vendor's server takes literally what isn't legal in a URI: braces around a GUID, the backslash in CUCM's {@code \\+39…},
     * a stray percent sign. Ours would refuse it, even before it asks who is there.
     */
    static String legal(String rawText) {
        StringBuilder legal = null;
        for (int i = 0; i < rawText.length(); i++) {
            char c = rawText.charAt(i);
            boolean fine = c == '%' ? isEscape(rawText, i) : c > ' ' && c < 0x7F && ILLEGAL.indexOf(c) < 0;
            if (!fine && legal == null) {
                legal = new StringBuilder(rawText.substring(0, i));
            }
            if (legal != null) {
                legal.append(fine ? String.valueOf(c) : escape(c));
            }
        }
        return legal == null ? rawText : legal.toString();
    }

    /** The server hands us each byte of the request line as a character of its own, as far as it hands it on at all. */
    private static String escape(char c) {
        return c <= 0xFF
                ? String.format("%%%02X", (int) c)
                : URLEncoder.encode(String.valueOf(c), StandardCharsets.UTF_8);
    }

    private static boolean isEscape(String text, int percent) {
        return percent + 2 < text.length()
                && Character.digit(text.charAt(percent + 1), 16) >= 0
                && Character.digit(text.charAt(percent + 2), 16) >= 0;
    }
}
