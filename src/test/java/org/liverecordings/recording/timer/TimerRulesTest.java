package org.liverecordings.recording.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.registry.memory.MemoryTimers;

class TimerRulesTest {

    private final TimerRules rules =
            new TimerRules(new MemoryTimers(null, 10, InstantSource.system()), Duration.ofHours(1), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "PT90S, 90000",
        "PT1M30S, 90000",
        "pt1m30s, 90000",
        "P0DT0H1M, 60000",
        "PT0.5S, 500",
        "'PT0,001S', 1",
        "' \u00a0PT1S\t', 1000",
        "PT1H, 3600000"
    })
    void aDurationIsRead(String text, long millis) {
        assertEquals(Optional.of(Duration.ofMillis(millis)), rules.read("resumeAfter", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "90",
                "PT",
                "P",
                "PT0S",
                "PT0.0009S",
                "-PT1S",
                "PT-1S",
                "PT+1S",
                "+PT1S",
                "PT1H-1M",
                "PT1H0.001S",
                "P1D",
                "P1W",
                "P1M",
                "P1Y",
                "PT1S1M",
                "PT1.S",
                "PT1,5M",
                "PT99999999999999999999S",
                "PT\u0661S",
                "P1DT",
                "1h",
                "PT1S PT1S",
                "forever"
            })
    void whatIsNoneThatCanBeSetIsRefusedByItsName(String text) {
        TimerUnusableException refused =
                assertThrows(TimerUnusableException.class, () -> rules.read("resumeAfter", text));
        assertEquals("resumeAfter is not an ISO 8601 duration above zero and of PT1H at most", refused.getMessage());
    }

    @Test
    void noneIsNone() {
        assertEquals(Optional.empty(), rules.read("maxDuration", null));
    }
}
