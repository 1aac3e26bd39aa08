package org.liverecordings.api.signin.keys;

import java.net.URI;
import java.net.URISyntaxException;

import org.liverecordings.settings.Shown;

/** Checks addresses from which keys may come. Messages show nothing of one in which credentials can stand. */
final class KeyAddress {

    private static final int MAX_PORT = 65_535;

    private KeyAddress() {}

    /** As {@link KeyFetcher#address}. */
    static URI of(String text, boolean allowHttp) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            // Without its cause, which shows all of the text.
            throw refused("not an https address", text);
        }
        boolean plain = "http".equalsIgnoreCase(address.getScheme());
        boolean web = plain || "https".equalsIgnoreCase(address.getScheme());
        if (web && hasUnderscore(address)) {
            throw refused("the name of a host must not have an underscore", text);
        }
        if (address.getHost() == null || !web) {
            throw refused("not an https address", text);
        }
        if (address.getPort() == 0 || address.getPort() > MAX_PORT) {
            throw refused("the port must be from 1 to " + MAX_PORT, text);
        }
        if (address.getRawUserInfo() != null) {
            throw refused("must not have a user in it", text);
        }
        if (address.getRawFragment() != null) {
            throw refused("must not have a fragment", text);
        }
        if (plain && !allowHttp && !isLoopback(address.getHost())) {
            throw new IllegalArgumentException("plain http to another machine: " + Shown.address(text)
                    + "; use https, or set live-recordings.sign-in.allow-http=true in a network that you trust");
        }
        return address;
    }

    /** As {@link KeyFetcher#issuer}. */
    static URI ofIssuer(String text, boolean allowHttp) {
        URI address = of(text, allowHttp);
        if (address.getRawQuery() != null) {
            throw refused("an issuer must not have a query", text);
        }
        return address;
    }

    private static IllegalArgumentException refused(String why, String address) {
        return new IllegalArgumentException(why + ": " + Shown.address(address));
    }

    /** {@link URI} sees no host in such a name. */
    private static boolean hasUnderscore(URI address) {
        return address.getHost() == null
                && address.getRawAuthority() != null
                && address.getRawAuthority().matches("[A-Za-z0-9.-]*_[A-Za-z0-9._-]*(:[0-9]*)?");
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
