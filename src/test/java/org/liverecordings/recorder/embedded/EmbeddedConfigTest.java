package org.liverecordings.recorder.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class EmbeddedConfigTest {

    @Test
    void nothingIsRecordedOrSimulatedByDefault() {
        EmbeddedConfig config = Settings.of(EmbeddedConfig.class, Map.of());
        assertEquals(Optional.empty(), config.recordingsFile());
        assertEquals(Optional.empty(), config.idleNumbers());
        assertEquals(Optional.empty(), config.simulate().unreachable());
        assertEquals(Optional.empty(), config.simulate().failing());
    }

    @Test
    void everyKeyIsRead() {
        EmbeddedConfig config = Settings.of(
                EmbeddedConfig.class,
                Map.of(
                        "live-recordings.embedded.recordings-file", "recordings.csv",
                        "live-recordings.embedded.idle-numbers", "101,102",
                        "live-recordings.embedded.simulate.unreachable", "a,b",
                        "live-recordings.embedded.simulate.failing", "c"));
        assertEquals(Optional.of("recordings.csv"), config.recordingsFile());
        assertEquals(Optional.of(List.of("101", "102")), config.idleNumbers());
        assertEquals(Optional.of(List.of("a", "b")), config.simulate().unreachable());
        assertEquals(Optional.of(List.of("c")), config.simulate().failing());
    }
}
