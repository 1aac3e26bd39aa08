package org.liverecordings.recorder;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.liverecordings.text.Texts;

/**
 * Where the UCX Suite is.
 *
 * @param tls whether to speak https
 * @param host a name or an address; one of IPv6 in brackets
 * @param path raw, of what the suite is behind; empty if it is behind nothing, else it begins with a slash and ends without one
 */
record SuiteAddress(boolean tls, String host, int port, String path) {

    private static final String SETTING = "live-recordings.imagicle.url: ";

    private static final Pattern PARTS = Pattern.compile("(?i)(https?)://([^/?#\\\\]*)([^?#]*)(.*)", Pattern.DOTALL);

    /** {@link java.net.URI} takes no underscore, which the names of many a container have. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]");

    private static final Pattern PATH = Pattern.compile("(/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?");

    private static final int MAX_PORT = 65_535;

    /**
     * Reads the setting.
     *
     * @throws IllegalArgumentException if it is no http or https address of a suite; the message names the setting and the fault,
     *     but not the text, in which a password may be
     */
    static SuiteAddress of(String url) {
        Matcher parts = PARTS.matcher(Texts.strip(url));
        if (!parts.matches()) {
            throw new IllegalArgumentException(SETTING + "not an http or https address");
        }
        String authority = parts.group(2);
        if (authority.contains("@")) {
            throw new IllegalArgumentException(SETTING + "must not have a user in it; that is"
                    + " live-recordings.imagicle.username and live-recordings.imagicle.password");
        }
        if (!parts.group(4).isEmpty()) {
            throw new IllegalArgumentException(SETTING + "must have neither a query nor a fragment");
        }
        boolean tls = parts.group(1).equalsIgnoreCase("https");
        int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        String host = colon < 0 ? authority : authority.substring(0, colon);
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(SETTING + "has no host, or one with characters that no host has");
        }
        return new SuiteAddress(
                tls, host, port(colon < 0 ? "" : authority.substring(colon + 1), tls ? 443 : 80), path(parts.group(3)));
    }

    private static int port(String text, int usual) {
        if (text.isEmpty()) {
            return usual;
        }
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(SETTING + "the port must be from 1 to " + MAX_PORT);
        }
        return port;
    }

    private static String path(String text) {
        if (!PATH.matcher(text).matches()) {
            throw new IllegalArgumentException(SETTING + "its path has a character that must be escaped");
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        String path = text.substring(0, end);
        String api = ImagicleRecordingSuite.API;
        if (path.regionMatches(true, path.length() - api.length(), api, 0, api.length())) {
            throw new IllegalArgumentException(SETTING + "must be without the API's path " + api);
        }
        return path;
    }
}
