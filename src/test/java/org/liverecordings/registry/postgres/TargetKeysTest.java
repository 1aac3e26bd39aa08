package org.liverecordings.registry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liverecordings.recording.Recordings.on;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.RecordingTarget;

class TargetKeysTest {

    @Test
    void noPairOfNamesReadsLikeAnother() {
        assertEquals(
                4,
                Set.of(
                                TargetKeys.of(new RecordingTarget.OnLine(on("a", "b c"))),
                                TargetKeys.of(new RecordingTarget.OnLine(on("a b", "c"))),
                                TargetKeys.of(new RecordingTarget.OnLine(on("a b c", null))),
                                TargetKeys.of(new RecordingTarget.OnLine(on(null, "a b c"))))
                        .size());
    }
}
