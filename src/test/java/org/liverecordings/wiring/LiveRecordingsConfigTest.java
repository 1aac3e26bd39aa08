package org.liverecordings.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class LiveRecordingsConfigTest {

    @Test
    void theDefaultsLetTheServiceRunAlone() {
        LiveRecordingsConfig config = Settings.of(LiveRecordingsConfig.class, Map.of());
        assertEquals("embedded", config.recorder());
        assertEquals("memory", config.registry());
        assertEquals(Optional.empty(), config.replica());
        assertEquals(Duration.ofMinutes(5), config.stopPending().keep());
        assertEquals("consent-withdrawn", config.stop().hold());
        assertEquals(Duration.ofHours(4), config.stop().holdFor());
    }

    @Test
    void everyKeyIsRead() {
        LiveRecordingsConfig config = Settings.of(
                LiveRecordingsConfig.class,
                Map.of(
                        "live-recordings.recorder", "imagicle",
                        "live-recordings.registry", "postgresql",
                        "live-recordings.replica", "one",
                        "live-recordings.stop-pending.keep", "90s",
                        "live-recordings.stop.hold", "always",
                        "live-recordings.stop.hold-for", "1d"));
        assertEquals("always", config.stop().hold());
        assertEquals(Duration.ofDays(1), config.stop().holdFor());
        assertEquals("imagicle", config.recorder());
        assertEquals("postgresql", config.registry());
        assertEquals(Optional.of("one"), config.replica());
        assertEquals(Duration.ofSeconds(90), config.stopPending().keep());
    }
}
