package org.liverecordings.events.webhook;

import java.net.InetAddress;

/** Which addresses are the world's, and which may be our own network's, that nobody should make us speak to. */
final class PublicAddresses {

    /** Of IPv4, and how many bits count: RFC 6890 and what was added to its registry, without those that {@link InetAddress} knows. */
    private static final int[][] RESERVED = {
        {0, 0, 0, 0, 8},
        {100, 64, 0, 0, 10},
        {192, 0, 0, 0, 24},
        {192, 0, 2, 0, 24},
        {192, 88, 99, 0, 24},
        {198, 18, 0, 0, 15},
        {198, 51, 100, 0, 24},
        {203, 0, 113, 0, 24},
        {240, 0, 0, 0, 4}
    };

    private PublicAddresses() {}

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? isPublic4(bytes) : isPublic6(bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        long value = begin(bytes);
        for (int[] range : RESERVED) {
            long network = (long) range[0] << 24 | range[1] << 16 | range[2] << 8 | range[3];
            if (value >>> 32 - range[4] == network >>> 32 - range[4]) {
                return false;
            }
        }
        return true;
    }

    /** The first 32 bits. */
    private static long begin(byte[] bytes) {
        return (bytes[0] & 0xFFL) << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
    }

    /** Of global unicast, 2000::/3, those that don't lead to an address of IPv4, and aren't for examples. */
    private static boolean isPublic6(byte[] bytes) {
        if ((bytes[0] & 0xE0) != 0x20) {
            return false;
        }
        long first = begin(bytes);
        boolean sixToFour = first >>> 16 == 0x2002;
        boolean special = first >>> 9 == 0x2001_0000L >>> 9;
        boolean example = first == 0x2001_0DB8L || first >>> 12 == 0x3FFF_0000L >>> 12;
        return !sixToFour && !special && !example;
    }
}
