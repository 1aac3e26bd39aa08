package org.liverecordings.recorder.imagicle;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.recorder.ListFilter;

/** The paths and queries of what the suite is asked for, below that of its resource. */
final class SuitePaths {

    private SuitePaths() {}

    /**
     * Of what is done to a target.
     *
     * @param action empty, or begins with a slash
     */
    static String of(RecordingTarget target, String action) {
        if (target instanceof RecordingTarget.ById byId) {
            return "/" + byId.id() + action;
        }
        LineSelector selector = ((RecordingTarget.OnLine) target).selector();
        return action + query("deviceName", selector.deviceName(), "directoryNumber", selector.directoryNumber());
    }

    /** Of the list. */
    static String of(ListFilter filter) {
        return query(
                "deviceName", filter.deviceName(),
                "directoryNumber", filter.directoryNumber(),
                "username", filter.username(),
                "numericUserId", filter.numericUserId());
    }

    /** Takes names and values in turn; a value that is null is left out. */
    private static String query(Object... namesAndValues) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                // A form encoder writes a space as a plus sign, which not every server reads back as a space.
                String value = URLEncoder.encode(namesAndValues[i + 1].toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20");
                query.append(query.isEmpty() ? '?' : '&')
                        .append(namesAndValues[i])
                        .append('=')
                        .append(value);
            }
        }
        return query.toString();
    }
}
