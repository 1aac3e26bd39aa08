package org.liverecordings.recording;

import java.util.List;

/** Which lines are a caller's own: those that the inventory has under the caller's name. */
final class OwnLines {

    private final LineCapabilities lines;

    OwnLines(LineCapabilities lines) {
        this.lines = lines;
    }

    List<Line> of(Caller caller) {
        return lines.ofUser(caller.name());
    }

    /** Whether the caller may act on some line that the selector names. */
    boolean permit(Caller caller, LineSelector selector) {
        return caller.hasCompleteManagement() || !permitted(caller, selector).isEmpty();
    }

    /** Of the lines that the selector names, those on which the caller may act. */
    List<Line> permitted(Caller caller, LineSelector selector) {
        return lines.find(selector).stream()
                .filter(line -> caller.hasCompleteManagement() || line.belongsTo(caller.name()))
                .toList();
    }

    /** The recordings on which the caller may act. */
    List<LiveRecording> permitted(Caller caller, List<LiveRecording> recordings) {
        if (caller.hasCompleteManagement()) {
            return recordings;
        }
        return on(of(caller), recordings);
    }

    /** The recordings on any of these lines. */
    static List<LiveRecording> on(List<Line> lines, List<LiveRecording> recordings) {
        return recordings.stream()
                .filter(recording -> lines.stream().anyMatch(recording::isOn))
                .toList();
    }
}
