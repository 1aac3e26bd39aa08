package org.liverecordings.api.signin.basic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.support.Settings;

class BasicConfigTest {

    private static final String PREFIX = "live-recordings.basic.";

    @Test
    void basicIsOffByDefault() {
        BasicConfig config = Settings.of(BasicConfig.class, Map.of());

        assertEquals(Optional.empty(), config.usersFile());
        assertEquals(Duration.ofSeconds(30), config.usersRefresh());
        assertEquals(OptionalInt.empty(), config.checks());
        assertEquals(5, config.failures().perName());
        assertEquals(20, config.failures().perAddress());
        assertEquals(Duration.ofSeconds(1), config.failures().delay());
        assertEquals(Duration.ofMinutes(5), config.failures().longestDelay());
    }

    @Test
    void everyKeyIsRead() {
        BasicConfig config = Settings.of(
                BasicConfig.class,
                Map.of(
                        PREFIX + "users-file", "users.txt",
                        PREFIX + "users-refresh", "1m",
                        PREFIX + "checks", "2",
                        PREFIX + "failures.per-name", "3",
                        PREFIX + "failures.per-address", "30",
                        PREFIX + "failures.delay", "2s",
                        PREFIX + "failures.longest-delay", "1h"));

        assertEquals(Optional.of(Path.of("users.txt")), config.usersFile());
        assertEquals(Duration.ofMinutes(1), config.usersRefresh());
        assertEquals(OptionalInt.of(2), config.checks());
        assertEquals(3, config.failures().perName());
        assertEquals(30, config.failures().perAddress());
        assertEquals(Duration.ofSeconds(2), config.failures().delay());
        assertEquals(Duration.ofHours(1), config.failures().longestDelay());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            users-refresh          | 999ms  | PT0.999S is not between PT1S and PT1H
            users-refresh          | 61m    | PT1H1M is not between PT1S and PT1H
            checks                 | 0      | 0 is not between 1 and 64
            checks                 | 65     | 65 is not between 1 and 64
            failures.per-name      | 0      | 0 is not between 1 and 1000
            failures.per-name      | 1001   | 1001 is not between 1 and 1000
            failures.per-address   | 0      | 0 is not between 1 and 100000
            failures.per-address   | 100001 | 100001 is not between 1 and 100000
            failures.delay         | 99ms   | PT0.099S is not between PT0.1S and PT1H
            failures.delay         | 61m    | PT1H1M is not between PT0.1S and PT1H
            failures.longest-delay | 999ms  | PT0.999S is not between PT1S and PT24H
            failures.longest-delay | 25h    | PT25H is not between PT1S and PT24H
            """)
    void whatIsOutOfBoundsIsRefusedByItsName(String key, String value, String expected) {
        BasicConfig config = Settings.of(BasicConfig.class, Map.of(PREFIX + key, value));

        Exception e = assertThrows(IllegalArgumentException.class, () -> BasicBounds.check(config));

        assertEquals(PREFIX + key + ": " + expected, e.getMessage());
    }
}
