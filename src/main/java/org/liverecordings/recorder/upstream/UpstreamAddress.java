package org.liverecordings.recorder.upstream;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.liverecordings.text.Texts;

/**
 * Where a recorder is.
 *
 * @param tls whether to speak https
 * @param host a name or an address; one of IPv6 in brackets
 * @param path raw, of what the recorder is behind; empty if it is behind nothing, else it begins with a slash and ends without one
 */
public record UpstreamAddress(boolean tls, String host, int port, String path) {

    private static final Pattern PARTS = Pattern.compile("(?i)(https?)://([^/?#\\\\]*)([^?#]*)(.*)", Pattern.DOTALL);

    /** {@link java.net.URI} takes no underscore, which the names of many a container have. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]");

    private static final Pattern PATH = Pattern.compile("(/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?");

    private static final int MAX_PORT = 65_535;

    /**
     * Reads a recorder's settings.
     *
     * @param prefix the name of {@code <prefix>.url}, beside which are {@code username} and {@code password}
     * @param url its value
     * @param api the path of the recorder's API, which must not be part of the value
     * @throws IllegalArgumentException if it is no http or https address of a recorder; the message names the setting and the
     *     fault, but not the text, in which a password may be
     */
    public static UpstreamAddress of(String prefix, String url, String api) {
        String setting = prefix + ".url: ";
        Matcher parts = PARTS.matcher(Texts.strip(url));
        if (!parts.matches()) {
            throw new IllegalArgumentException(setting + "not an http or https address");
        }
        String authority = parts.group(2);
        if (authority.contains("@")) {
            throw new IllegalArgumentException(setting + "must not have a user in it; that is " + prefix
                    + ".username and " + prefix + ".password");
        }
        if (!parts.group(4).isEmpty()) {
            throw new IllegalArgumentException(setting + "must have neither a query nor a fragment");
        }
        boolean tls = parts.group(1).equalsIgnoreCase("https");
        int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        String host = colon < 0 ? authority : authority.substring(0, colon);
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(setting + "has no host, or one with characters that no host has");
        }
        int port = port(setting, colon < 0 ? "" : authority.substring(colon + 1), tls ? 443 : 80);
        return new UpstreamAddress(tls, host, port, path(setting, parts.group(3), api));
    }

    private static int port(String setting, String text, int usual) {
        if (text.isEmpty()) {
            return usual;
        }
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(setting + "the port must be from 1 to " + MAX_PORT);
        }
        return port;
    }

    private static String path(String setting, String text, String api) {
        if (!PATH.matcher(text).matches()) {
            throw new IllegalArgumentException(setting + "its path has a character that must be escaped");
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        String path = text.substring(0, end);
        if (path.regionMatches(true, path.length() - api.length(), api, 0, api.length())) {
            throw new IllegalArgumentException(setting + "must be without the API's path " + api);
        }
        return path;
    }

    /** In the form in which a text can be part of a path or a query. */
    public static String encode(String text) {
        // A form encoder writes a space as a plus sign, which a path keeps, and not every server reads back from a
        // query.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
