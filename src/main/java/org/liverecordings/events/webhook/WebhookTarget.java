package org.liverecordings.events.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to send to.
 *
 * @param uri absolute, and all of it ASCII
 * @param host as it is in it: a name, or an address, with brackets if it is one of IPv6
 * @param port also if the uri has none
 * @param allowHttp whether it may be plain http
 * @param allowPrivate whether it may be an address that isn't public
 */
record WebhookTarget(URI uri, String host, int port, boolean allowHttp, boolean allowPrivate) {

    private static final int MAX_PORT = 65_535;

    /** A byte of a header that is no character of an address. */
    private static final Pattern RAW = Pattern.compile("[\\x80-\\xFF]");

    /** {@link URI} sees no host in a name with an underscore, which those of many a container have. */
    private static final Pattern WITH_UNDERSCORE = Pattern.compile("([A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

    /**
     * @param setting for the messages, which tell nothing of the address: a token may be in it
     * @throws IllegalArgumentException if it is no address that these rules let us send to
     */
    static WebhookTarget of(String setting, String url, boolean allowHttp, boolean allowPrivate) {
        URI uri;
        try {
            uri = new URI(new URI(url.strip()).toASCIIString());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(setting + ": not an address");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        if (!http && !"https".equalsIgnoreCase(uri.getScheme()) || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException(setting + ": not an http or https address");
        }
        if (uri.getRawAuthority().contains("@") || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(setting + ": must have neither a user nor a fragment");
        }
        String host = uri.getHost();
        int port = uri.getPort();
        if (host == null) {
            Matcher parts = WITH_UNDERSCORE.matcher(uri.getRawAuthority());
            if (!parts.matches()) {
                throw new IllegalArgumentException(setting + ": has no host, or one with characters that no host has");
            }
            host = parts.group(1);
            port = parts.group(2) == null ? -1 : Integer.parseInt(parts.group(2));
        }
        if (port == 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(setting + ": the port must be from 1 to " + MAX_PORT);
        }
        if (http && !allowHttp) {
            throw new IllegalArgumentException(setting + ": must be https, unless allow-http is true");
        }
        if (!http && host.contains("_")) {
            throw new IllegalArgumentException(
                    setting + ": no certificate is good for a host with an underscore in its name; use another name");
        }
        return new WebhookTarget(uri, host, port > 0 ? port : http ? 80 : 443, allowHttp, allowPrivate);
    }

    /**
     * Where a redirect leads to, under the same rules.
     *
     * @param location as the header has it, each character a byte; bytes that no address has are escaped as they are
     * @throws IOException if it leads nowhere that these rules let us send to; like that of {@link #of}, its message tells nothing of the
     *     address
     */
    WebhookTarget redirected(String location) throws IOException {
        URI there;
        try {
            there = new URI(RAW.matcher(location)
                    .replaceAll(raw -> String.format("%%%02X", (int) raw.group().charAt(0))));
        } catch (URISyntaxException e) {
            // Its message and its input are the address.
            throw new IOException("redirect: not an address");
        }
        try {
            return of("redirect", uri.resolve(there).toString(), allowHttp, allowPrivate);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    boolean tls() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** Path and query, raw. */
    String path() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery();
    }

    /**
     * The address to connect to. Whoever connects to it, and doesn't ask for the name once more, is where this has looked.
     *
     * @param left how long that may take
     * @throws IOException if there is none, or none in time, or one of them isn't public and may not be used
     */
    InetAddress resolve(HostAddresses hosts, Duration left) throws IOException {
        InetAddress[] addresses = hosts.of(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, left);
        for (InetAddress address : addresses) {
            if (!allowPrivate && !PublicAddresses.isPublic(address)) {
                throw new IOException("its address isn't public, and allow-private-addresses isn't true");
            }
        }
        return addresses[0];
    }
}
