package org.liverecordings.audit;

import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.text.LogText;

/** Writes the trail to the log: one line an entry, at its end, of keys and values. */
public final class LogAuditTrail implements AuditTrail {

    private static final Logger LOG = Logger.getLogger("org.liverecordings.audit");

    private final InstantSource clock;

    /** Never null. */
    public LogAuditTrail(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Entry asked(Asked asked) {
        return new Entry(UUID.randomUUID(), asked, clock.instant());
    }

    @Override
    public void ended(Entry entry, Outcome outcome) {
        Asked asked = entry.asked();
        StringBuilder line = new StringBuilder(asked.operation().word());
        add(line, "user", asked.caller().name());
        add(line, "address", asked.caller().address());
        add(line, "id", asked.id());
        add(line, "deviceName", asked.deviceName());
        add(line, "directoryNumber", asked.directoryNumber());
        add(line, "why", asked.why());
        add(line, "outcome", outcome.result().word());
        add(line, "reason", outcome.reason());
        if (!outcome.recordings().isEmpty()) {
            // Not cut as what comes from outside is: the trail must name all of them.
            line.append(" recordings=")
                    .append(outcome.recordings().stream()
                            .map(RecordingId::toString)
                            .collect(Collectors.joining(",")));
        }
        add(line, "inferred", outcome.inferred() ? true : null);
        add(line, "repetition", outcome.repetition() ? true : null);
        add(line, "durationMs", outcome.duration().toMillis());
        add(line, "cause", outcome.cause() == null ? null : AuditWords.cause(outcome.cause()));
        add(line, "correlationId", asked.caller().correlationId());
        LOG.log(outcome.cause() == null ? Logger.Level.INFO : Logger.Level.WARN, line);
    }

    @Override
    public void settled(Entry entry, Outcome outcome) {
        ended(entry, outcome);
    }

    /** Nothing is lost between this process and its own memory. */
    @Override
    public Optional<Result> resultOf(Entry entry) {
        return Optional.empty();
    }

    private static void add(StringBuilder line, String key, Object value) {
        if (value != null) {
            line.append(' ').append(key).append('=').append(LogText.quote(value.toString()));
        }
    }
}
