package org.liverecordings.wiring.recorders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class ReconcilerConfigTest {

    @Test
    void byDefaultItLooksTwiceAMinute() {
        assertEquals(
                Duration.ofSeconds(30),
                Settings.of(ReconcilerConfig.class, Map.of()).interval());
    }

    @Test
    void everyKeyIsRead() {
        ReconcilerConfig config =
                Settings.of(ReconcilerConfig.class, Map.of("live-recordings.reconciler.interval", "2m"));
        assertEquals(Duration.ofMinutes(2), config.interval());
    }
}
