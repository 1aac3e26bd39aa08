package org.liverecordings.audit;

import java.util.Locale;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;
import org.liverecordings.log.LogText;
import org.liverecordings.recording.AuditTrail;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.StopRequest;

/** Writes the trail to the log: one line an entry, of keys and values. */
public final class LogAuditTrail implements AuditTrail {

    private static final Logger LOG = Logger.getLogger("org.liverecordings.audit");

    @Override
    public void stopAttempted(StopAttempted entry) {
        StopRequest request = entry.request();
        StringBuilder line = new StringBuilder("stop");
        add(line, "user", request.caller().name());
        add(line, "address", request.caller().address());
        if (request.byId()) {
            add(line, "id", request.id());
        } else {
            add(line, "deviceName", request.deviceName());
            add(line, "directoryNumber", request.directoryNumber());
        }
        add(line, "outcome", entry.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (entry.rejection() != null) {
            add(line, "reason", Integer.toString(entry.rejection().code()));
        }
        if (!entry.stopped().isEmpty()) {
            // Not cut as what comes from outside is: the trail must name all of them.
            line.append(" stopped=")
                    .append(entry.stopped().stream().map(RecordingId::toString).collect(Collectors.joining(",")));
        }
        add(line, "durationMs", Long.toString(entry.duration().toMillis()));
        if (entry.cause() != null) {
            String message = entry.cause().getMessage();
            add(
                    line,
                    "cause",
                    message != null ? message : entry.cause().getClass().getName());
        }
        add(line, "correlationId", request.caller().correlationId());
        LOG.info(line);
    }

    private static void add(StringBuilder line, String key, String value) {
        if (value != null) {
            line.append(' ').append(key).append('=').append(LogText.quote(value));
        }
    }
}
