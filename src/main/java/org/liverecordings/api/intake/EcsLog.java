package org.liverecordings.api.intake;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.runtime.StartupEvent;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.liverecordings.text.TraceContext;

/**
 * Gives JSON log lines the fields by which the Elastic Common Schema ties the lines of a request together. The extension writes everything
 * else as that schema has it, but these into an object of its own, where nobody looks for them.
 */
@Singleton
class EcsLog {

    void start(@Observes @Priority(1) StartupEvent event) {
        adorn(LogManager.getLogManager().getLogger("").getHandlers());
    }

    private static void adorn(Handler[] handlers) {
        for (Handler handler : handlers) {
            if (handler.getFormatter() instanceof JsonFormatter json) {
                handler.setFormatter(new WithRequest(json));
            }
            if (handler instanceof ExtHandler around) {
                adorn(around.getHandlers());
            }
        }
    }

    /** Puts the fields before the others. */
    static final class WithRequest extends ExtFormatter {

        private final Formatter json;

        WithRequest(Formatter json) {
            this.json = json;
        }

        @Override
        public String format(ExtLogRecord line) {
            String text = json.format(line);
            String traceId = new TraceContext(line.getMdc(TraceContext.TRACEPARENT), null).traceId();
            String correlationId = line.getMdc(RequestIntake.CORRELATION_KEY);
            return traceId == null || correlationId == null
                    ? text
                    // Neither has a character that JSON would escape.
                    : "{\"trace.id\":\"" + traceId + "\",\"http.request.id\":\"" + correlationId + "\","
                            + text.substring(text.indexOf('{') + 1);
        }
    }
}
