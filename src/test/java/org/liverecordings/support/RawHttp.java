package org.liverecordings.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sends a request to the letter, which no HTTP client lets us do, and reads the answer. */
public final class RawHttp {

    private static final int TIMEOUT_MILLIS = 20_000;

    private RawHttp() {}

    /**
     * @param base whose host and port are used
     * @param target raw, may be anything that holds no line break
     * @param headers whole lines, such as {@code Accept: text/plain}
     */
    public static Answer send(URI base, String method, String target, String... headers) {
        return sendBody(base, method, target, "", headers);
    }

    /** The same with a body, of JSON if it isn't empty. */
    public static Answer sendBody(URI base, String method, String target, String body, String... headers) {
        return sendWithin(TIMEOUT_MILLIS, base, method, target, body, headers);
    }

    /** The same; closes the connection if nothing comes for so many milliseconds. */
    public static Answer sendWithin(
            int millis, URI base, String method, String target, String body, String... headers) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), millis);
            socket.setSoTimeout(millis);
            StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
            for (String header : headers) {
                request.append(header).append("\r\n");
            }
            if (!body.isEmpty()) {
                request.append("Content-Type: application/json\r\nContent-Length: ")
                        .append(body.getBytes(StandardCharsets.UTF_8).length)
                        .append("\r\n");
            }
            request.append("Connection: close\r\n\r\n").append(body);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return Answer.parse(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A DELETE with a Bearer token; null for none. */
    public static Answer delete(URI base, String target, String token) {
        return token == null
                ? send(base, "DELETE", target)
                : send(base, "DELETE", target, "Authorization: Bearer " + token);
    }

    /** An answer; header names are compared without regard to case. */
    public record Answer(int status, List<String> headerLines, String body) {

        static Answer parse(byte[] bytes) throws IOException {
            ByteArrayInputStream in = new ByteArrayInputStream(bytes);
            List<String> lines = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            int b;
            while ((b = in.read()) >= 0) {
                if (b == '\n') {
                    if (line.isEmpty()) {
                        break;
                    }
                    lines.add(line.toString());
                    line.setLength(0);
                } else if (b != '\r') {
                    line.append((char) b);
                }
            }
            if (lines.isEmpty()) {
                throw new IOException("no answer");
            }
            String rest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Answer answer =
                    new Answer(Integer.parseInt(lines.get(0).split(" ")[1]), lines.subList(1, lines.size()), rest);
            return answer.header("transfer-encoding").contains("chunked")
                    ? new Answer(answer.status, answer.headerLines, unchunk(rest))
                    : answer;
        }

        private static String unchunk(String body) {
            StringBuilder whole = new StringBuilder();
            int at = 0;
            while (true) {
                int end = body.indexOf("\r\n", at);
                int size = Integer.parseInt(body.substring(at, end).strip(), 16);
                if (size == 0) {
                    return whole.toString();
                }
                whole.append(body, end + 2, end + 2 + size);
                at = end + 2 + size + 2;
            }
        }

        /** The header's values, in order. */
        public List<String> header(String name) {
            return headerLines.stream()
                    .map(line -> line.split(":", 2))
                    .filter(parts -> parts[0].equalsIgnoreCase(name))
                    .map(parts -> parts[1].strip())
                    .toList();
        }

        @Override
        public String toString() {
            return status + " " + Arrays.toString(headerLines.toArray()) + " " + body;
        }
    }
}
