package org.liverecordings.wiring.stores;

import org.jboss.logging.Logger;
import org.liverecordings.lines.CsvLineCapabilities;
import org.liverecordings.lines.LinesConfig;
import org.liverecordings.lines.ReloadingLineCapabilities;
import org.liverecordings.metrics.ServiceMeters;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.wiring.ScheduledJobs;

/** The lines as their file has them. */
final class MemoryLines {

    private static final Logger LOG = Logger.getLogger(MemoryLines.class);

    private MemoryLines() {}

    /** Reads the lines file, if there is one, and has it looked at from time to time. */
    static LineCapabilities atStart(LinesConfig config, ScheduledJobs jobs, ServiceMeters meters) {
        if (config.file().isEmpty()) {
            LOG.warn("live-recordings.lines.file is not set: no line is known, hence none is monitorable");
            return CsvLineCapabilities.empty();
        }
        ReloadingLineCapabilities lines =
                new ReloadingLineCapabilities(config.file().get());
        jobs.add("refresh of the lines", Stores.look(config), lines::refresh);
        meters.inventory(lines::currentAt);
        return lines;
    }
}
