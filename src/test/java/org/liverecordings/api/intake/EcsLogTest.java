package org.liverecordings.api.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.liverecordings.text.TraceContext;

class EcsLogTest {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final ExtLogRecord line = new ExtLogRecord(Level.INFO, "hello", EcsLogTest.class.getName());
    private final EcsLog.WithRequest ecs = new EcsLog.WithRequest(new Formatter() {
        @Override
        public String format(LogRecord formatted) {
            return "{\"message\":\"" + formatted.getMessage() + "\"}\n";
        }
    });

    @Test
    void aLineOfARequestHasItsTraceAndItsId() {
        // Given
        line.putMdc(TraceContext.TRACEPARENT, TRACEPARENT);
        line.putMdc(RequestIntake.CORRELATION_KEY, "a-1");

        // When
        String text = ecs.format(line);

        // Then
        assertEquals(
                "{\"trace.id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"http.request.id\":\"a-1\",\"message\":\"hello\"}\n",
                text);
    }

    @Test
    void aLineOutsideOfARequestStaysAsItIs() {
        assertEquals("{\"message\":\"hello\"}\n", ecs.format(line));
    }
}
