package org.liverecordings.api.audit;

import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.liverecordings.recording.audit.AuditLog;

/**
 * A page of the audit trail.
 *
 * @param next the parameter {@code after} of the next page; null if this is the last one
 */
// Jackson finds a record's components by reflection, and no resource method's signature names this type.
@RegisterForReflection
public record AuditBody(List<Entry> entries, String next) {

    static AuditBody of(AuditLog.Page page) {
        return new AuditBody(
                page.items().stream().map(Entry::of).toList(),
                page.next() == null ? null : AuditQuery.text(page.next()));
    }

    /**
     * An entry; what isn't known is null. Times are ISO 8601 in UTC.
     *
     * @param outcome in the words of the log
     */
    @RegisterForReflection
    public record Entry(
            String id,
            String askedAt,
            String operation,
            String user,
            int level,
            String address,
            String askedId,
            String deviceName,
            String directoryNumber,
            String why,
            String outcome,
            Integer reason,
            List<Confirmation> confirmations,
            String endedAt,
            Long durationMs,
            String cause,
            boolean repetition,
            String replica,
            String correlationId) {

        static Entry of(AuditLog.Item item) {
            return new Entry(
                    item.id().toString(),
                    item.askedAt().toString(),
                    item.operation(),
                    item.user(),
                    item.level(),
                    item.address(),
                    item.askedId(),
                    item.deviceName(),
                    item.directoryNumber(),
                    item.why(),
                    item.result(),
                    item.reason(),
                    item.confirmations().stream().map(Confirmation::of).toList(),
                    item.endedAt() == null ? null : item.endedAt().toString(),
                    item.duration() == null ? null : item.duration().toMillis(),
                    item.cause(),
                    item.repetition(),
                    item.replica(),
                    item.correlationId());
        }
    }

    /**
     * That the recorder did what was asked.
     *
     * @param recordingId null if the recorder doesn't tell it
     * @param inferred whether it knew no such recording, after a stop with an unknown outcome
     */
    @RegisterForReflection
    public record Confirmation(String recordingId, String at, boolean inferred) {

        static Confirmation of(AuditLog.Confirmation confirmation) {
            return new Confirmation(
                    confirmation.recording() == null
                            ? null
                            : confirmation.recording().toString(),
                    confirmation.at().toString(),
                    confirmation.inferred());
        }
    }
}
