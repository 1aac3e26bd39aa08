package org.liverecordings.api.signin.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A tag, a length and what they are about. Only as much of DER as it takes to tell formats from each other: anything can be in a file.
 *
 * @param isCut whether there is less than the length says
 */
record DerElement(int tag, byte[] content, boolean isCut) {

    static final int INTEGER = 0x02;
    static final int BITS = 0x03;
    static final int OCTETS = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;

    /** Stands for what isn't there. */
    static final DerElement NONE = new DerElement(0, new byte[0], false);

    /** Enough for any format of keys. A longer list is none. */
    private static final int MOST_PARTS = 20;

    private static final int LONG_FORM = 0x80;

    /** The outermost element; {@link #NONE} if the bytes don't begin with a sequence. */
    static DerElement sequence(byte[] bytes) {
        DerElement first = bytes.length == 0 ? NONE : at(bytes, 0).element();
        return first.tag() == SEQUENCE ? first : NONE;
    }

    /** What is in it; nothing if it is no sequence. */
    List<DerElement> parts() {
        List<DerElement> parts = new ArrayList<>();
        int next = 0;
        while (tag == SEQUENCE && next < content.length && parts.size() < MOST_PARTS) {
            Placed part = at(content, next);
            parts.add(part.element());
            next = part.end();
        }
        return parts;
    }

    String hex() {
        return HexFormat.of().formatHex(content);
    }

    private record Placed(DerElement element, int end) {}

    private static Placed at(byte[] bytes, int start) {
        int next = start + 2;
        long length = start + 1 < bytes.length ? bytes[start + 1] & 0xFF : Integer.MAX_VALUE;
        if (length == LONG_FORM) {
            // Without a length: it ends with what is around it. Not DER, but key stores are written like that.
            length = Math.max(0, bytes.length - next);
        } else if (length > LONG_FORM && length < Integer.MAX_VALUE) {
            int digits = (int) length - LONG_FORM;
            length = 0;
            for (int i = 0; i < digits && length < Integer.MAX_VALUE; i++) {
                length = next < bytes.length ? length << 8 | bytes[next] & 0xFF : Integer.MAX_VALUE;
                next++;
            }
        }
        int from = Math.min(next, bytes.length);
        boolean isCut = length > bytes.length - from;
        int end = isCut ? bytes.length : from + (int) length;
        return new Placed(new DerElement(bytes[start] & 0xFF, Arrays.copyOfRange(bytes, from, end), isCut), end);
    }
}
