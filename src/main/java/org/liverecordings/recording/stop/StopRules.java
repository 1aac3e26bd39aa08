package org.liverecordings.recording.stop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.store.LineCapabilities;

/** The contract's rules: a stop that breaks one for any of its recordings stops none. */
final class StopRules {

    private final LineCapabilities lines;

    StopRules(LineCapabilities lines) {
        this.lines = lines;
    }

    /**
     * Entries already marked stopped are not checked: their stop must still be answered.
     *
     * <p>All of them are checked for one rule before any is checked for the next, and before anything is stopped.
     */
    void check(List<LiveRecording> found) {
        List<Line> lineOfEach = new ArrayList<>(found.size());
        for (LiveRecording recording :
                found.stream().filter(LiveRecording::isLive).toList()) {
            Optional<Line> line = lineOf(recording);
            if (line.isEmpty() || !line.get().tapiMonitorable()) {
                DeviceName device = recording.deviceName() != null
                        ? recording.deviceName()
                        : line.map(Line::deviceName).orElse(null);
                throw new StopRejectedException(StopRejection.NOT_MONITORABLE, device);
            }
            lineOfEach.add(line.get());
        }
        if (lineOfEach.stream().anyMatch(StopRules::isAutomatic)) {
            throw new StopRejectedException(StopRejection.AUTOMATIC_RECORDING);
        }
    }

    /**
     * A dial-in without a device is on one of the number's appearances, and nobody knows which: the one that allows most
     * decides, since a rule that may not apply must not keep a recording running.
     */
    private Optional<Line> lineOf(LiveRecording recording) {
        if (recording.deviceName() != null) {
            return lines.find(recording.deviceName(), recording.directoryNumber());
        }
        Line best = null;
        for (Line line : lines.find(new LineSelector(null, recording.directoryNumber()))) {
            if (best == null || permissiveness(line) > permissiveness(best)) {
                best = line;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int permissiveness(Line line) {
        return (line.tapiMonitorable() ? 2 : 0) + (isAutomatic(line) ? 0 : 1);
    }

    /** What was started on a line of which no call is recorded may be stopped. */
    private static boolean isAutomatic(Line line) {
        return line.recording() == Line.RecordingType.AUTOMATIC;
    }
}
