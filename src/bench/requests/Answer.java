package requests;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** An answer as far as it has come. The servers measured give each a length or no body. */
final class Answer {

    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);

    void clear() {
        buffer.clear();
    }

    /** Takes what has come. Returns whether it is all. */
    boolean read(SocketChannel channel) throws IOException {
        if (channel.read(buffer) < 0) {
            throw new IOException("the server closed the connection after\n" + this);
        }
        int head = find(HEAD_END, buffer.position());
        return head >= 0 && buffer.position() >= head + HEAD_END.length + length(head);
    }

    private int length(int head) {
        int at = find(LENGTH, head);
        int length = 0;
        for (int i = at + LENGTH.length; at >= 0 && buffer.get(i) != '\r'; i++) {
            length = 10 * length + buffer.get(i) - '0';
        }
        return length;
    }

    /** Without regard to case. */
    private int find(byte[] wanted, int end) {
        byte[] bytes = buffer.array();
        for (int at = 0; at + wanted.length <= end; at++) {
            int i = 0;
            while (i < wanted.length && lower(bytes[at + i]) == wanted[i]) {
                i++;
            }
            if (i == wanted.length) {
                return at;
            }
        }
        return -1;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 'a' - 'A' : b;
    }

    int status() {
        return 100 * (buffer.get(9) - '0') + 10 * (buffer.get(10) - '0') + buffer.get(11) - '0';
    }

    static void write(SocketChannel channel, byte[] request) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public String toString() {
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    }
}
