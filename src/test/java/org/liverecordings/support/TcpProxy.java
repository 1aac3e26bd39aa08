package org.liverecordings.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Passes bytes on to a server and back, or loses the way back: requests arrive, replies don't; or holds either of them up.
 */
public final class TcpProxy implements AutoCloseable {

    private final ServerSocket server;
    private final URI target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger swallowed = new AtomicInteger();
    private volatile int repliesToSwallow;
    private volatile boolean requestsHeld;
    private volatile boolean repliesHeld;
    private volatile String holdRequestsAt;
    private volatile String holdRepliesAt;
    private volatile Consumer<String> listener = request -> {};

    private TcpProxy(URI target) {
        try {
            this.server = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.target = target;
        FakeSuite.daemon(this::accept);
    }

    /** Listens on a free port. */
    public static TcpProxy to(URI target) {
        return new TcpProxy(target);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Loses the next replies, each of which must be one read: small ones are. */
    public void swallowReplies(int count) {
        swallowed.set(0);
        repliesToSwallow = count;
    }

    /** How many replies have been lost since it was last told to. */
    public int swallowed() {
        return Math.min(swallowed.get(), repliesToSwallow);
    }

    /** From now on nothing reaches the server, and no connection breaks. */
    public void holdRequests() {
        requestsHeld = true;
    }

    /** From now on nothing comes back from the server, and no connection breaks. */
    public void holdReplies() {
        repliesHeld = true;
    }

    /** As {@link #holdReplies()}, from the next request on that has this method. */
    public void holdRepliesTo(String method) {
        holdRepliesAt = method + " /";
    }

    /** Holds the first request that contains this, as text in one read, and from then on all. */
    public void holdRequestsAt(String text) {
        holdRequestsAt = text;
    }

    /** Passes on the first request that contains this, as text in one read, and from then on holds all replies. */
    public void holdRepliesAt(String text) {
        holdRepliesAt = text;
    }

    /** Tells from now on what clients send, read by read. */
    public void tell(Consumer<String> requests) {
        listener = requests;
    }

    /** Whether requests or replies are held. */
    public boolean isHolding() {
        return requestsHeld || repliesHeld;
    }

    private void look(byte[] request, int length) {
        String text = new String(request, 0, length, StandardCharsets.ISO_8859_1);
        listener.accept(text);
        if (holdRequestsAt != null && text.contains(holdRequestsAt)) {
            requestsHeld = true;
        }
        if (holdRepliesAt != null && text.contains(holdRepliesAt)) {
            holdRepliesAt = null;
            repliesHeld = true;
        }
    }

    /** Passes on what was held up, and whatever comes. */
    public synchronized void release() {
        holdRequestsAt = null;
        holdRepliesAt = null;
        requestsHeld = false;
        repliesHeld = false;
        notifyAll();
    }

    /** Breaks all connections, with what was held up on them. */
    public void cut() {
        try {
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void awaitRelease(boolean replies) {
        try {
            while (replies ? repliesHeld : requestsHeld) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                Socket upstream = new Socket(target.getHost(), target.getPort());
                sockets.add(upstream);
                FakeSuite.daemon(() -> pump(client, upstream, false));
                FakeSuite.daemon(() -> pump(upstream, client, true));
            } catch (IOException e) {
                // Closed, or the server refuses: then the client's connection stays silent.
            }
        }
    }

    private void pump(Socket from, Socket to, boolean replies) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!replies) {
                    look(buffer, n);
                }
                awaitRelease(replies);
                if (!replies || swallowed.incrementAndGet() > repliesToSwallow) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // One side is gone, and with it the other.
        }
        sockets.remove(from);
        sockets.remove(to);
    }

    @Override
    public void close() {
        try {
            server.close();
            release();
            cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
