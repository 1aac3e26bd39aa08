package org.liverecordings.lines;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.liverecordings.settings.Bounds;

/** Where the inventory of lines comes from. */
@ConfigMapping(prefix = "live-recordings.lines")
@RegisterForReflection
public interface LinesConfig {

    /**
     * A CSV file with the columns {@code deviceName,directoryNumber,username,tapiMonitorable,automaticRecording}. If its first line
     * names them they may come in any order, with {@code recording} besides or instead of {@code automaticRecording}, and with
     * {@code group}. Without a file no line is known, hence none is monitorable.
     */
    @Bounds(min = "1", max = "4096")
    Optional<String> file();

    /**
     * How often the file is looked at again: a change shows within this time. Lines that are kept in the database are read from
     * there for every decision.
     */
    @WithDefault("30s")
    @Bounds(min = "100ms", max = "1d")
    Duration refresh();
}
