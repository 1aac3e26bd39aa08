package org.liverecordings.events.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An endpoint on 127.0.0.1 that takes one request, answers a part of an answer, and no more. */
final class SlowAnswer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Boolean> cutOff;

    /**
     * @param part what it sends
     * @param staysOpen whether the connection stays open after it
     */
    SlowAnswer(String part, boolean staysOpen) throws IOException {
        this.cutOff = CompletableFuture.supplyAsync(() -> answer(part, staysOpen));
    }

    private boolean answer(String part, boolean staysOpen) {
        try (Socket client = server.accept()) {
            InputStream request = client.getInputStream();
            request.read(new byte[8192]);
            client.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            if (!staysOpen) {
                client.shutdownOutput();
            }
            request.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) {
            // A reset is an end as well.
            return !server.isClosed();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    /** Waits until the client has ended the connection. */
    boolean isCutOff() throws Exception {
        return cutOff.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
