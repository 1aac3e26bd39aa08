package org.liverecordings.recorder.asterisk.ari;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A server's end of a WebSocket, by hand, since Quarkus switches the WebSockets of Vert.x's servers off. */
final class WebSocketPeer {

    private static final int FINAL_TEXT = 0x81;
    private static final int TWO_BYTES_OF_LENGTH = 126;

    private WebSocketPeer() {}

    /** Answers a request whose header {@code Sec-WebSocket-Key} was this. */
    static void accept(OutputStream out, String key) throws IOException {
        byte[] accepted = sha1(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(accepted) + "\r\n\r\n";
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends a text of less than 64 KiB in one frame. */
    static void tell(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(bytes.length + 4).put((byte) FINAL_TEXT);
        if (bytes.length < TWO_BYTES_OF_LENGTH) {
            frame.put((byte) bytes.length);
        } else {
            frame.put((byte) TWO_BYTES_OF_LENGTH).putShort((short) bytes.length);
        }
        frame.put(bytes);
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
