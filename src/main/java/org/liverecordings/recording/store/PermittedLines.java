package org.liverecordings.recording.store;

import java.util.List;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;

/** Which lines are a caller's own: those that the inventory has under the caller's name. */
public final class OwnLines {

    private final LineCapabilities lines;

    public OwnLines(LineCapabilities lines) {
        this.lines = lines;
    }

    public List<Line> of(Caller caller) {
        return lines.ofUser(caller.name());
    }

    /** Whether the caller may act on some line that the selector names. */
    public boolean permit(Caller caller, LineSelector selector) {
        return caller.hasCompleteManagement() || !permitted(caller, selector).isEmpty();
    }

    /** Of the lines that the selector names, those on which the caller may act. */
    public List<Line> permitted(Caller caller, LineSelector selector) {
        return lines.find(selector).stream()
                .filter(line -> caller.hasCompleteManagement() || line.belongsTo(caller.name()))
                .toList();
    }

    /** The recordings on which the caller may act. */
    public List<LiveRecording> permitted(Caller caller, List<LiveRecording> recordings) {
        if (caller.hasCompleteManagement()) {
            return recordings;
        }
        return on(of(caller), recordings);
    }

    /** The recordings on any of these lines. */
    public static List<LiveRecording> on(List<Line> lines, List<LiveRecording> recordings) {
        return recordings.stream()
                .filter(recording -> lines.stream().anyMatch(recording::isOn))
                .toList();
    }
}
