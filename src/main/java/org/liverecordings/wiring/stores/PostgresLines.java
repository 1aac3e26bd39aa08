package org.liverecordings.wiring.stores;

import org.jboss.logging.Logger;
import org.liverecordings.csv.BadCsvException;
import org.liverecordings.database.AwaitedDatabase;
import org.liverecordings.database.Database;
import org.liverecordings.lines.LinesConfig;
import org.liverecordings.lines.PostgresLineCapabilities;
import org.liverecordings.lines.PostgresLinesImport;
import org.liverecordings.metrics.ServiceMeters;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.wiring.ScheduledJobs;

/** The lines in PostgreSQL. */
final class PostgresLines {

    private static final Logger LOG = Logger.getLogger(PostgresLines.class);

    private PostgresLines() {}

    /**
     * Imports the lines file, if there is one, and has it looked at from time to time.
     *
     * @throws BadCsvException if the file is bad, and the database has no lines yet
     */
    static LineCapabilities atStart(
            Database database, LinesConfig config, AwaitedDatabase atStart, ScheduledJobs jobs, ServiceMeters meters) {
        PostgresLineCapabilities lines = new PostgresLineCapabilities(database);
        if (config.file().isPresent()) {
            PostgresLinesImport lineImport =
                    new PostgresLinesImport(database, config.file().get());
            try {
                atStart.run(lineImport::run);
            } catch (BadCsvException e) {
                if (atStart.call(lines::count) == 0) {
                    throw e;
                }
                // The others go on with what they have, and so can this one: no file may keep a replica from starting.
                LOG.errorf("kept the lines because of a bad file: %s", e.getMessage());
            }
            meters.inventory(lineImport::currentAt);
            jobs.add("refresh of the lines", Stores.look(config), lineImport::refresh);
        }
        if (atStart.call(lines::count) == 0) {
            LOG.warn("the database has no lines: set live-recordings.lines.file, else none is monitorable");
        }
        return lines;
    }
}
