package org.liverecordings.recorder.embedded;

import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import org.liverecordings.settings.Bounds;

/** The recorder {@code embedded}. */
@ConfigMapping(prefix = "live-recordings.embedded")
@RegisterForReflection
public interface EmbeddedConfig {

    /**
     * A CSV file with the columns {@code id,deviceName,directoryNumber,mode,origin}: what is being recorded when the service
     * starts. Without it nothing is. The mode is {@code media-forking} or {@code dial-in}, the origin {@code manual} or
     * {@code automatic}.
     */
    @Bounds(min = "1", max = "4096")
    Optional<String> recordingsFile();

    /**
     * Directory numbers of lines that have no connected call, so that nothing can be started on them. Any other line that isn't
     * being recorded counts as having one.
     */
    @Bounds(min = "1", max = "10000")
    Optional<List<String>> idleNumbers();

    /** For trying out how a client takes it when things go wrong. */
    Simulate simulate();

    /** Recordings which the recorder pretends to have trouble with. */
    @RegisterForReflection
    interface Simulate {

        /** Ids of recordings for which the recorder can't be reached: the answer is 504. */
        @Bounds(min = "1", max = "10000")
        Optional<List<String>> unreachable();

        /** Ids of recordings for which the recorder fails: the answer is 500. */
        @Bounds(min = "1", max = "10000")
        Optional<List<String>> failing();
    }
}
