package org.liverecordings.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads a stream of Server-Sent Events, as a client that knows the specification does. */
public final class EventReader implements AutoCloseable {

    /** Longer than any message or heartbeat takes to come. */
    private static final int READ_TIMEOUT_MILLIS = 30_000;

    private final HttpURLConnection connection;
    private final int status;
    private final BufferedReader lines;

    private EventReader(HttpURLConnection connection) throws IOException {
        this.connection = connection;
        this.status = connection.getResponseCode();
        InputStream in = status == 200 ? connection.getInputStream() : InputStream.nullInputStream();
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /**
     * A message.
     *
     * @param id null if it has none
     */
    public record Message(String id, String event, String data) {

        /** The recording that a CloudEvent in it is about. */
        public String recording() {
            return text("/subject");
        }

        /** What stands in the data. */
        public String text(String pointer) {
            try {
                return new ObjectMapper().readTree(data).at(pointer).asText();
            } catch (IOException e) {
                throw new IllegalStateException(data, e);
            }
        }
    }

    /**
     * Opens a stream.
     *
     * @param lastId null if it is the first one
     */
    public static EventReader open(URI uri, String token, String lastId) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(READ_TIMEOUT_MILLIS);
        connection.setReadTimeout(READ_TIMEOUT_MILLIS);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        connection.setRequestProperty("Accept", "text/event-stream");
        if (lastId != null) {
            connection.setRequestProperty("Last-Event-ID", lastId);
        }
        return new EventReader(connection);
    }

    public int status() {
        return status;
    }

    public String header(String name) {
        return connection.getHeaderField(name);
    }

    /** The next message; null if the stream has ended. */
    public Message next() throws IOException {
        String id = null;
        String event = null;
        String data = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && data != null) {
                return new Message(id, event, data);
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (field) {
                case "id" -> id = value;
                case "event" -> event = value;
                case "data" -> data = data == null ? value : data + "\n" + value;
                default -> {
                    // A comment, or nothing that is known.
                }
            }
        }
        return null;
    }

    /** The next message, which must be of this kind. */
    public Message next(String expected) throws IOException {
        Message message = next();
        if (message == null || !expected.equals(message.event())) {
            throw new AssertionError("expected " + expected + ", but came " + message);
        }
        return message;
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
