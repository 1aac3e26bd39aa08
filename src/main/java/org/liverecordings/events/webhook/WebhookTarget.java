package org.liverecordings.events.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

/**
 * Where to send to.
 *
 * @param uri absolute, with a host
 * @param allowHttp whether it may be plain http
 * @param allowPrivate whether it may be an address that isn't public
 */
record WebhookTarget(URI uri, boolean allowHttp, boolean allowPrivate) {

    private static final int MAX_PORT = 65_535;

    /**
     * @param setting for the messages, which tell nothing of the address: a token may be in it
     * @throws IllegalArgumentException if it is no address that these rules let us send to
     */
    static WebhookTarget of(String setting, String url, boolean allowHttp, boolean allowPrivate) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(setting + ": not an address");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        if (!http && !"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(setting + ": not an http or https address");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(setting + ": must have neither a user nor a fragment");
        }
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw new IllegalArgumentException(setting + ": the port must be from 1 to " + MAX_PORT);
        }
        if (http && !allowHttp) {
            throw new IllegalArgumentException(setting + ": must be https, unless allow-http is true");
        }
        return new WebhookTarget(uri, allowHttp, allowPrivate);
    }

    /**
     * Where a redirect leads to, under the same rules.
     *
     * @throws IOException if it leads nowhere that these rules let us send to
     */
    WebhookTarget redirected(String location) throws IOException {
        try {
            return of("redirect", uri.resolve(location).toString(), allowHttp, allowPrivate);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    boolean tls() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    int port() {
        return uri.getPort() > 0 ? uri.getPort() : tls() ? 443 : 80;
    }

    /** Path and query, raw. */
    String path() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery();
    }

    String host() {
        return uri.getHost();
    }

    /**
     * The address to connect to. Whoever connects to it, and doesn't ask for the name once more, is where this has looked.
     *
     * @throws IOException if there is none, or one of them isn't public and may not be used
     */
    InetAddress resolve() throws IOException {
        String host = uri.getHost();
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (UnknownHostException e) {
            throw new IOException("unknown host", e);
        }
        for (InetAddress address : addresses) {
            if (!allowPrivate && !PublicAddresses.isPublic(address)) {
                throw new IOException("its address isn't public, and allow-private-addresses isn't true");
            }
        }
        return addresses[0];
    }
}
