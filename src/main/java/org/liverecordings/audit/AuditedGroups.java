package org.liverecordings.audit;

import java.util.ArrayList;
import java.util.List;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditTrail.Asked;

/**
 * Notes with an entry the groups of the lines that it names, so that those who manage a group can read what happened on its lines. It is
 * part of the statement that writes the entry, since each statement takes the database its time. Of a recording the registry tells the
 * line; in front of a suite nothing does.
 */
record AuditedGroups(String from, List<Object> parameters) {

    static AuditedGroups of(Asked asked) {
        return asked.target()
                .map(AuditedGroups::of)
                .orElseGet(() -> new AuditedGroups("FROM line l WHERE false", List.of()));
    }

    private static AuditedGroups of(RecordingTarget target) {
        if (target instanceof RecordingTarget.ById byId) {
            return new AuditedGroups(
                    "FROM live_recording r JOIN line l ON l.directory_number = r.directory_number"
                            + " AND (r.device_key IS NULL OR l.device_key = r.device_key) WHERE r.id = ?",
                    List.of(byId.id().value()));
        }
        if (target instanceof RecordingTarget.OnLine onLine) {
            return of(onLine.selector());
        }
        return new AuditedGroups(
                "FROM line l WHERE l.user_key = ?", List.of(((RecordingTarget.OfUser) target).userKey()));
    }

    private static AuditedGroups of(LineSelector line) {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        if (line.deviceName() != null) {
            conditions.add("l.device_key = ?");
            parameters.add(line.deviceName().key());
        }
        if (line.directoryNumber() != null) {
            conditions.add("l.directory_number = ?");
            parameters.add(line.directoryNumber().value());
        }
        return new AuditedGroups("FROM line l WHERE " + String.join(" AND ", conditions), parameters);
    }

    /**
     * The part of the statement, whose parameters are the entry's id and then {@link #parameters}.
     */
    String insert() {
        return "INSERT INTO audit_line_group (entry_id, group_key) SELECT DISTINCT CAST(? AS uuid), l.group_key " + from
                + " AND l.group_key IS NOT NULL";
    }
}
