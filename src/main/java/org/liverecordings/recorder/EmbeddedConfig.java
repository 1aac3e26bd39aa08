package org.liverecordings.recorder;

import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** The recorder {@code embedded}. */
@ConfigMapping(prefix = "live-recordings.embedded")
public interface EmbeddedConfig {

    /**
     * A CSV file with the columns {@code id,deviceName,directoryNumber,mode,origin}: what is being recorded when the service
     * starts. Without it nothing is.
     */
    Optional<String> recordingsFile();

    /**
     * Directory numbers of lines that have no connected call, so that nothing can be started on them. Any other line that isn't
     * being recorded counts as having one.
     */
    Optional<List<String>> idleNumbers();

    /** For trying out how a client takes it when things go wrong. */
    Simulate simulate();

    /** Recordings which the recorder pretends to have trouble with. */
    interface Simulate {

        /** Ids of recordings for which the recorder can't be reached: the answer is 504. */
        Optional<List<String>> unreachable();

        /** Ids of recordings for which the recorder fails: the answer is 500. */
        Optional<List<String>> failing();
    }
}
