package org.liverecordings.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What of a setting's value a message or the log may show. An address may have a password in it, and who mixes settings up puts a
 * password, a hash or a key where the path of a file belongs.
 */
public final class Shown {

    /** What is wrong with a setting whose value {@link #isContent}. */
    public static final String CONTENT = "takes the path of a file, and holds what belongs into the file";

    /** Stands for a value that isn't shown. */
    static final String NOT_SHOWN = "(not shown, since a secret may be in it)";

    /** What begins as paths do, or ends as the names of files do. No hash, no key and no line of a file of users does. */
    private static final Pattern PATH =
            Pattern.compile("(file:|classpath:|\\.{0,2}/)[\\w .,+~/-]{0,300}|[\\w ./-]{1,200}\\.[A-Za-z]{2,5}");

    /** An address whose scheme was forgotten. */
    private static final Pattern HOST = Pattern.compile(
            "[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})*\\.[A-Za-z]{2,20}(:\\d{1,5})?(/[\\w.~/-]{0,100})?");

    /** Whatever key it is: its first byte is that of a sequence, and its second one a length. */
    private static final Pattern BASE64_OF_DER = Pattern.compile("M[A-I][A-Za-z0-9+/]{50,}={0,2}");

    private static final Pattern HASH = Pattern.compile("\\$2[abxy]?\\$\\d\\d\\$");

    private Shown() {}

    /** Whether that can be no path, but is what belongs into a file: several lines, JSON, a key or a hash. */
    public static boolean isContent(String value) {
        String text = value.strip();
        return text.indexOf('\n') >= 0
                || text.startsWith("{")
                || text.contains("-----BEGIN ")
                || text.startsWith("M") && BASE64_OF_DER.matcher(text).matches()
                || holdsHash(text);
    }

    /** Whether a bcrypt hash is in the text. */
    public static boolean holdsHash(String text) {
        return text.contains("$2") && HASH.matcher(text).find();
    }

    /** The path of a file that can't be used, if it looks like one; otherwise words that stand for it. */
    public static String path(String value) {
        return PATH.matcher(value).matches() ? value : existingPath(value);
    }

    /** The path, if something is there; otherwise words that stand for it. For settings whose value may look like a path and be a password. */
    static String existingPath(String value) {
        try {
            return Files.exists(Path.of(value)) ? value : NOT_SHOWN;
        } catch (InvalidPathException e) {
            return NOT_SHOWN;
        }
    }

    /** An address without what credentials can stand in: scheme, host, port and path. Words in its place if these can't be told apart. */
    public static String address(String value) {
        try {
            URI uri = new URI(value);
            String behind = uri.getRawPath() + uri.getRawQuery() + uri.getRawFragment();
            // With an @ behind the host, that may be the middle of a password with a slash in it.
            if (uri.getHost() != null && behind.indexOf('@') < 0) {
                String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
                return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
            }
        } catch (URISyntaxException e) {
            // No address, but it may be something that is known.
        }
        return HOST.matcher(value).matches() ? value : NOT_SHOWN;
    }
}
