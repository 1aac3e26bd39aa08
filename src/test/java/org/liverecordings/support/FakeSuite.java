package org.liverecordings.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** A UCX Suite on a real socket that misbehaves exactly as told. */
public final class FakeSuite implements AutoCloseable {

    private final ServerSocket server;
    private final String scheme;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Behaviour behaviour = answer(204);
    private volatile int accepted;

    private FakeSuite(ServerSocketFactory factory, String scheme) {
        try {
            this.server = factory.createServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.scheme = scheme;
        daemon(this::accept);
    }

    /** Listens on a free port, and answers 204 until told otherwise. */
    public static FakeSuite start() {
        return new FakeSuite(ServerSocketFactory.getDefault(), "http");
    }

    /** As {@link #start()}, with https. */
    public static FakeSuite startTls(SSLContext tls) {
        return new FakeSuite(tls.getServerSocketFactory(), "https");
    }

    /** What happens from now on when a request has come. */
    public FakeSuite behave(Behaviour next) {
        behaviour = next;
        return this;
    }

    public URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
    }

    /** The requests that have come so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How many connections have been accepted so far. */
    public int accepted() {
        return accepted;
    }

    /** Closes the connections that are open now, properly, as a server does with idle ones. */
    public void closeConnections() {
        connections.forEach(FakeSuite::closeQuietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted++;
                connections.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                // Closed: the loop's condition ends it.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                behaviour.answer(new Exchange(socket, request));
            }
        } catch (IOException e) {
            // The peer is gone or the behaviour closed the connection.
        } finally {
            connections.remove(socket);
        }
    }

    private static Request read(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) {
            return null;
        }
        List<String> headers = new ArrayList<>();
        for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
            headers.add(header);
        }
        return new Request(line, headers, readBody(in, headers));
    }

    private static String readBody(BufferedReader in, List<String> headers) throws IOException {
        int length = headers.stream()
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(header -> Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
        char[] body = new char[length];
        for (int read = 0; read < length; ) {
            int more = in.read(body, read, length - read);
            if (more < 0) {
                throw new SocketException("the body ended early");
            }
            read += more;
        }
        return new String(new String(body).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed.countDown();
        closeQuietly(server);
        closeConnections();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is gone either way.
        }
    }

    static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fake");
        thread.setDaemon(true);
        thread.start();
    }

    /** An answer without a body, on a connection that stays open. */
    public static Behaviour answer(int status) {
        return exchange -> exchange.write(
                "HTTP/1.1 " + status + " Any\r\n" + (status == 204 ? "" : "Content-Length: 0\r\n") + "\r\n");
    }

    /** An answer with a body, on a connection that stays open. */
    public static Behaviour answer(int status, String contentType, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return exchange -> exchange.write("HTTP/1.1 " + status + " Any\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + length + "\r\n\r\n" + body);
    }

    /** Reads the request and never answers. */
    public static Behaviour silence() {
        return Exchange::awaitEnd;
    }

    /** Sends this much and resets the connection. */
    public static Behaviour reset(String beginning) {
        return exchange -> {
            exchange.write(beginning);
            exchange.reset();
        };
    }

    /** Sends this text and then one more byte each 50 ms, without an end. */
    public static Behaviour drip(String beginning) {
        return exchange -> {
            exchange.write(beginning);
            while (!exchange.ended(50)) {
                exchange.write("x");
            }
        };
    }

    /** Sends this text and then as much of the other as the peer takes, without an end. */
    public static Behaviour flood(String beginning, String chunk) {
        return exchange -> {
            exchange.write(beginning);
            while (!exchange.ended(0)) {
                exchange.write(chunk);
            }
        };
    }

    /** What the suite does once it has read a request. */
    @FunctionalInterface
    public interface Behaviour {

        void answer(Exchange exchange) throws IOException;
    }

    /** The connection on which a request came. */
    public final class Exchange {

        private final Socket socket;
        private final Request request;

        private Exchange(Socket socket, Request request) {
            this.socket = socket;
            this.request = request;
        }

        public Request request() {
            return request;
        }

        public void write(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** RST instead of FIN. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
            throw new SocketException("reset");
        }

        /** Waits until the suite is closed. */
        public void awaitEnd() {
            while (!ended(1000)) {
                // Nothing else ends it.
            }
        }

        private boolean ended(long millis) {
            try {
                return closed.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
    }

    /**
     * A request as it came.
     *
     * @param body empty if there was none
     */
    public record Request(String line, List<String> headers, String body) {}
}
