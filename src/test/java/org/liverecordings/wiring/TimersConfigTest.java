package org.liverecordings.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class TimersConfigTest {

    @Test
    void byDefaultATimerMayBeADayAheadAndPausesLastAsLongAsTheyDo() {
        TimersConfig timers = Settings.of(TimersConfig.class, Map.of());
        PauseConfig pauses = Settings.of(PauseConfig.class, Map.of());
        assertEquals(Duration.ofHours(24), timers.longest());
        assertEquals(Duration.ofMillis(250), timers.poll());
        assertEquals(Optional.empty(), pauses.longest());
        assertEquals(PauseConfig.LongestAction.ALARM, pauses.longestAction());
    }

    @Test
    void everyKeyIsRead() {
        TimersConfig timers = Settings.of(
                TimersConfig.class,
                Map.of("live-recordings.timers.longest", "2h", "live-recordings.timers.poll", "100ms"));
        PauseConfig pauses = Settings.of(
                PauseConfig.class,
                Map.of("live-recordings.pause.longest", "10m", "live-recordings.pause.longest-action", "resume"));
        assertEquals(Duration.ofHours(2), timers.longest());
        assertEquals(Duration.ofMillis(100), timers.poll());
        assertEquals(Optional.of(Duration.ofMinutes(10)), pauses.longest());
        assertEquals(PauseConfig.LongestAction.RESUME, pauses.longestAction());
    }
}
