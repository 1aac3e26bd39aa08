package org.liverecordings.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class LinesConfigTest {

    @Test
    void thereIsNoFileByDefault() {
        LinesConfig config = Settings.of(LinesConfig.class, Map.of());
        assertEquals(Optional.empty(), config.file());
        assertEquals(Duration.ofSeconds(30), config.refresh());
    }

    @Test
    void everyKeyIsRead() {
        LinesConfig config = Settings.of(
                LinesConfig.class,
                Map.of("live-recordings.lines.file", "lines.csv", "live-recordings.lines.refresh", "5s"));
        assertEquals(Optional.of("lines.csv"), config.file());
        assertEquals(Duration.ofSeconds(5), config.refresh());
    }
}
