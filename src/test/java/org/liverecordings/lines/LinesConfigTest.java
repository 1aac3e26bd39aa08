package org.liverecordings.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class LinesConfigTest {

    @Test
    void thereIsNoFileByDefault() {
        assertEquals(Optional.empty(), Settings.of(LinesConfig.class, Map.of()).file());
    }

    @Test
    void everyKeyIsRead() {
        LinesConfig config = Settings.of(LinesConfig.class, Map.of("live-recordings.lines.file", "lines.csv"));
        assertEquals(Optional.of("lines.csv"), config.file());
    }
}
