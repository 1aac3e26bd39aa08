package org.liverecordings.api.intake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import jakarta.inject.Singleton;

import io.netty.util.NetUtil;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where a request came from.
 *
 * <p>Quarkus can read {@code X-Forwarded-For} itself, but answers 400 to an empty one and doesn't know an IPv6 address in brackets.
 * So {@code application.properties} has it ignore the header. The settings that say whom to believe are Quarkus's.
 */
@Singleton
class ClientAddress {

    private static final String FORWARDING = "quarkus.http.proxy.proxy-address-forwarding";
    private static final String TRUSTED_PROXIES = "quarkus.http.proxy.trusted-proxies";
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /** An address, or one in brackets, perhaps with a port; some proxies write it as RFC 7239 does. */
    private static final Pattern ADDRESS = Pattern.compile("(?i)(?:for=)?\"?(?:"
            + "\\[([0-9a-f:.]+)(?:%[^\\]]*)?\\](?::[0-9]*)?" // IPv6 in brackets
            + "|([0-9.]+)(?::[0-9]*)?" // IPv4
            + "|([0-9a-f:.]+)(?:%.*)?" // bare IPv6
            + ")\"?");

    private final boolean forwarding;
    private final List<CidrAddress> trusted;

    /**
     * @param forwarding whether there is a proxy before us
     * @param trusted which peers are proxies; all of them if it is empty
     * @throws ConfigurationException if one of them is neither an address nor a network
     */
    ClientAddress(
            @ConfigProperty(name = FORWARDING, defaultValue = "false") boolean forwarding,
            @ConfigProperty(name = TRUSTED_PROXIES) Optional<List<String>> trusted) {
        this.forwarding = forwarding;
        this.trusted =
                trusted.orElse(List.of()).stream().map(ClientAddress::network).toList();
    }

    private static CidrAddress network(String text) {
        CidrAddress network = Inet.parseCidrAddress(text);
        InetAddress address = network == null ? Inet.parseInetAddress(text) : null;
        if (network == null && address == null) {
            throw new ConfigurationException(
                    TRUSTED_PROXIES + ": '" + text + "' is neither an address nor a network such as 10.0.0.0/8",
                    Set.of(TRUSTED_PROXIES));
        }
        return network == null ? CidrAddress.create(address, address.getAddress().length * Byte.SIZE) : network;
    }

    /**
     * The first address that a trusted proxy forwarded, else the peer's. IPv6 is written as in RFC 5952.
     *
     * @return null if it is unknown
     */
    String of(HttpServerRequest request) {
        SocketAddress socket = request.connection().remoteAddress();
        InetAddress peer = socket == null ? null : address(socket.hostAddress());
        if (peer == null) {
            return null;
        }
        boolean proxy =
                forwarding && (trusted.isEmpty() || trusted.stream().anyMatch(network -> network.matches(peer)));
        return NetUtil.toAddressString(
                proxy ? forwarded(request.headers().getAll(FORWARDED_FOR)).orElse(peer) : peer);
    }

    /** The first address in these values, each of which is a list. */
    static Optional<InetAddress> forwarded(List<String> values) {
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split("[,;]")))
                .map(element -> ADDRESS.matcher(element.strip()))
                .filter(Matcher::matches)
                .map(ClientAddress::address)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static InetAddress address(Matcher found) {
        return IntStream.rangeClosed(1, found.groupCount())
                .mapToObj(found::group)
                .filter(Objects::nonNull)
                .findFirst()
                .map(ClientAddress::address)
                .orElse(null);
    }

    /** Null if it is no address. */
    private static InetAddress address(String text) {
        byte[] bytes = text == null ? null : NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("bytes have no name to look up", e);
        }
    }
}
