package org.liverecordings.recorder.asterisk.ari;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A server that answers as Asterisk's REST interface does in moments that Asterisk itself can't be brought to at will. It opens any
 * WebSocket for events, and closes none.
 */
public final class ScriptedAri implements AutoCloseable {

    private final ServerSocket server;
    private final Function<String, String> answers;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<OutputStream> webSockets = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /**
     * @param answers of a request, method and path below {@code /ari} without the query, gives status and body with a space between
     *     them, nothing if the connection breaks instead, or a blank if no answer ever comes; may {@link #tell} before
     */
    public ScriptedAri(Function<String, String> answers) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        this.answers = answers;
        inBackground(this::accept);
    }

    /** Its address. */
    public String uri() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** The requests so far, but for those for events: method, path below {@code /ari}, and query. */
    public List<String> asked() {
        return asked;
    }

    /** How many WebSockets were opened so far. */
    public int opened() {
        return webSockets.size();
    }

    /** Sends an event on the WebSocket that was opened last. */
    public void tell(String event) {
        try {
            WebSocketPeer.tell(webSockets.get(webSockets.size() - 1), event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                inBackground(() -> serve(socket));
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String request = line.replaceFirst(" /ari", " ").replaceFirst(" HTTP/1.1$", "");
                Map<String, String> headers = headers(in);
                if (headers.containsKey("Sec-WebSocket-Key")) {
                    WebSocketPeer.accept(out, headers.get("Sec-WebSocket-Key"));
                    webSockets.add(out);
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    return;
                }
                asked.add(request);
                answer(out, answers.apply(request.replaceFirst("\\?.*", "")));
            }
        } catch (IOException e) {
            // The test is over, or the client has gone.
        }
    }

    private static Map<String, String> headers(BufferedReader in) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static void answer(OutputStream out, String answer) throws IOException {
        if (answer.isEmpty()) {
            throw new IOException("lost");
        }
        if (answer.isBlank()) {
            return;
        }
        String[] parts = answer.split(" ", 2);
        byte[] body = (parts.length > 1 ? parts[1] : "").getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + parts[0] + " Said\r\n"
                + (parts[0].equals("204") ? "" : "Content-Length: " + body.length + "\r\n") + "\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }
}
