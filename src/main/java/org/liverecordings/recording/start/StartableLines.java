package org.liverecordings.recording.start;

import java.util.List;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.permission.PermittedLines;

/** The lines on which a start may be tried, by the rules. */
final class StartableLines {

    private final PermittedLines permittedLines;

    StartableLines(PermittedLines permittedLines) {
        this.permittedLines = permittedLines;
    }

    /**
     * @param selector null for the caller's own
     * @return at least one, in the order of the inventory
     * @throws StartRejectedException if a rule forbids all of them
     * @throws NotPermittedException if none of them is the caller's to act on
     */
    List<Line> of(Caller caller, LineSelector selector) {
        return recordable(selector == null ? own(caller) : permitted(caller, selector));
    }

    private List<Line> own(Caller caller) {
        List<Line> own = permittedLines.own(caller);
        if (own.isEmpty()) {
            throw new StartRejectedException(StartRejection.NO_OWN_LINE);
        }
        return own;
    }

    private List<Line> permitted(Caller caller, LineSelector selector) {
        List<Line> permitted = permittedLines.permitted(caller, selector);
        if (permitted.isEmpty()) {
            if (!caller.hasCompleteManagement()) {
                throw new NotPermittedException();
            }
            throw new StartRejectedException(StartRejection.NOT_MONITORABLE, selector.deviceName());
        }
        return permitted;
    }

    private static List<Line> recordable(List<Line> candidates) {
        List<Line> monitorable =
                candidates.stream().filter(Line::tapiMonitorable).toList();
        if (monitorable.isEmpty()) {
            throw new StartRejectedException(
                    StartRejection.NOT_MONITORABLE, candidates.get(0).deviceName());
        }
        List<Line> recordable = monitorable.stream()
                .filter(line -> line.recording() == Line.RecordingType.SELECTIVE)
                .toList();
        if (recordable.isEmpty()) {
            throw new StartRejectedException(StartRejection.NOT_SELECTIVE);
        }
        return recordable;
    }
}
