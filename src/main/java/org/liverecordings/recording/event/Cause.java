package org.liverecordings.recording.event;

import java.util.Objects;

import org.liverecordings.recording.LineSelector;

/**
 * The request that changed something.
 *
 * @param user who asked; never null
 * @param operation {@code start}, {@code stop}, {@code pause}, {@code resume} or {@code lift-hold}
 * @param correlationId ties it to log lines, answers and the trail; never null
 * @param line what it named; null if it named no line
 * @param traceparent which trace it belongs to, as {@link org.liverecordings.text.TraceContext} has it; null if that isn't known
 */
public record Cause(String user, String operation, String correlationId, LineSelector line, String traceparent) {

    /** Checks what the parameters say. */
    public Cause {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(correlationId, "correlationId");
    }
}
