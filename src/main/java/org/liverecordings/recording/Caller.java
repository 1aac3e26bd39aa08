package org.liverecordings.recording;

import java.util.Objects;

/**
 * Who asks.
 *
 * @param name the authenticated user's name, never null
 * @param address where the request came from; null if unknown
 * @param correlationId ties the request to log lines and answers, never null
 */
public record Caller(String name, String address, String correlationId) {

    /** Checks what the parameters say. */
    public Caller {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(correlationId, "correlationId");
    }
}
