package org.liverecordings.lines;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Where the inventory of lines comes from. */
@ConfigMapping(prefix = "live-recordings.lines")
public interface LinesConfig {

    /**
     * A CSV file with the columns {@code deviceName,directoryNumber,username,tapiMonitorable,automaticRecording}. Without it
     * no line is known, hence none is monitorable.
     */
    Optional<String> file();
}
