package org.liverecordings.recorder.imagicle;

import org.liverecordings.recorder.upstream.UpstreamAddress;
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
                query.append(query.isEmpty() ? '?' : '&')
                        .append(namesAndValues[i])
                        .append('=')
                        .append(UpstreamAddress.encode(namesAndValues[i + 1].toString()));
            }
        }
        return query.toString();
    }
}
