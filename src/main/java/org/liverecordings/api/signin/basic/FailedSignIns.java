package org.liverecordings.api.signin.basic;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.util.NetUtil;
import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;

/**
 * How long somebody whose sign-ins keep failing must wait before a password is checked again: twice as long with each failure.
 *
 * <p>Failures count against the address they come from, against the user's name, and against both together. So that nobody can
 * lock a user out who knows the password, a name's failures don't hold back an address from which none of them came, and an address's
 * don't hold back a user who has signed in from there before: then only their own there count.
 *
 * <p>An IPv6 address counts as its network of 64 bits (RFC 4291, 2.5.4), within which one machine may take a new address for each guess.
 */
final class FailedSignIns {

    private static final int MOST = 20_000;
    private static final int LONGEST_NAME = 100;
    private static final int IPV4_BYTES = 4;
    private static final int NETWORK_BYTES = 8;

    private static final Duration TRUSTED = Duration.ofDays(1);
    private static final Failures NONE = new Failures(0, 0);

    /** RFC 6052, 2.1: all of IPv4 is in it. Not static, since a native executable can't be built with an address in it. */
    private final CidrAddress translatedIpv4 = Inet.parseCidrAddress("64:ff9b::/96");

    private final int perName;
    private final int perAddress;
    private final Duration delay;
    private final Duration longestDelay;
    private final LongSupplier nanoTime;
    private final Cache<Source, Failures> failures;
    private final Cache<Source, Boolean> trusted =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(TRUSTED).build();

    /** Where failures come from; null stands for any name, or any network. */
    private record Source(String name, String network) {}

    private record Failures(int count, long until) {}

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    FailedSignIns(BasicConfig.Failures config, LongSupplier nanoTime) {
        this.perName = config.perName();
        this.perAddress = config.perAddress();
        this.delay = config.delay();
        this.longestDelay = config.longestDelay();
        this.nanoTime = nanoTime;
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(longestDelay.plusHours(1))
                .build();
    }

    /** How long no password of this user is checked from this address; zero if it is. */
    synchronized Duration delay(String user, String address) {
        String name = shortened(user);
        String network = network(address);
        Source both = new Source(name, network);
        if (isTrusted(both)) {
            return left(both);
        }
        Duration forAddress = left(new Source(null, network));
        Duration forName = of(both).count() > 0 ? left(new Source(name, null)) : Duration.ZERO;
        return forAddress.compareTo(forName) > 0 ? forAddress : forName;
    }

    /** A password was wrong. */
    synchronized void failed(String user, String address) {
        String name = shortened(user);
        String network = network(address);
        Source both = new Source(name, network);
        count(both, 1, perName);
        if (!isTrusted(both)) {
            count(new Source(name, null), 1, perName);
            count(new Source(null, network), 1, perAddress);
        }
    }

    /** A password was right: the user's failures don't count any more. Those of others at the same address do. */
    synchronized void succeeded(String user, String address) {
        String name = shortened(user);
        String network = network(address);
        Source both = new Source(name, network);
        if (!isTrusted(both)) {
            count(new Source(null, network), -of(both).count(), perAddress);
        }
        failures.invalidate(both);
        failures.invalidate(new Source(name, null));
        trusted.put(both, true);
    }

    private boolean isTrusted(Source both) {
        return trusted.getIfPresent(both) != null;
    }

    private void count(Source source, int more, int limit) {
        int count = Math.max(0, of(source).count() + more);
        if (count == 0) {
            failures.invalidate(source);
            return;
        }
        long wait = 0;
        if (count >= limit) {
            // Beyond 30 doublings the longest delay is reached, whatever the first one is.
            wait = Math.min(longestDelay.toNanos(), delay.toNanos() << Math.min(count - limit, 30));
        }
        failures.put(source, new Failures(count, nanoTime.getAsLong() + wait));
    }

    private Duration left(Source source) {
        Failures known = of(source);
        return known.count() == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, known.until() - nanoTime.getAsLong()));
    }

    private Failures of(Source source) {
        Failures known = failures.getIfPresent(source);
        return known == null ? NONE : known;
    }

    /** Names of that length nobody has; without a limit they would fill the memory. */
    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** What an address counts as; an address of IPv4 is itself, also where a translator wrote it as one of IPv6. */
    private String network(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bytes.length == IPV4_BYTES || translatedIpv4.matches(bytes)) {
            return address;
        }
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        return NetUtil.bytesToIpAddress(bytes);
    }
}
