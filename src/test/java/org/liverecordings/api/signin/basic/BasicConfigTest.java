package org.liverecordings.api.signin.basic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class BasicConfigTest {

    private static final String PREFIX = "live-recordings.basic.";

    @Test
    void basicIsOffByDefault() {
        BasicConfig config = Settings.of(BasicConfig.class, Map.of());

        assertEquals(Optional.empty(), config.usersFile());
        assertEquals(Duration.ofSeconds(30), config.usersRefresh());
        assertEquals(0, config.checks());
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
        assertEquals(2, config.checks());
        assertEquals(3, config.failures().perName());
        assertEquals(30, config.failures().perAddress());
        assertEquals(Duration.ofSeconds(2), config.failures().delay());
        assertEquals(Duration.ofHours(1), config.failures().longestDelay());
    }

    @Test
    void aLongestDelayThatIsShorterThanTheFirstIsRefusedByItsName() {
        BasicConfig config = Settings.of(
                BasicConfig.class, Map.of(PREFIX + "failures.delay", "2s", PREFIX + "failures.longest-delay", "1s"));

        Exception e = assertThrows(IllegalArgumentException.class, () -> BasicSignIn.checkDelays(config.failures()));

        assertEquals(
                PREFIX + "failures.longest-delay: PT1S is shorter than " + PREFIX + "failures.delay: PT2S",
                e.getMessage());
    }
}
