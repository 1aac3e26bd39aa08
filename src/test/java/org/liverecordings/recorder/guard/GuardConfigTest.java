package org.liverecordings.recorder.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class GuardConfigTest {

    @Test
    void theDefaultsFitADeadlineOfFiveSeconds() {
        GuardConfig config = Settings.of(GuardConfig.class, Map.of());
        assertEquals(Duration.ofSeconds(5), config.deadline());
        assertEquals(Duration.ofSeconds(2), config.attemptTimeout());
        assertEquals(2, config.retries());
        assertEquals(Duration.ofMillis(200), config.retryDelay());
        assertEquals(Duration.ofMillis(100), config.retryJitter());
        assertEquals(100, config.concurrentCalls());
        assertEquals(200, config.queuedCalls());
        assertEquals(10, config.breaker().window());
        assertEquals(0.5, config.breaker().failureRatio());
        assertEquals(Duration.ofSeconds(5), config.breaker().delay());
        assertEquals(1, config.breaker().successes());
    }

    @Test
    void everyKeyIsRead() {
        GuardConfig config = Settings.of(
                GuardConfig.class,
                Map.ofEntries(
                        Map.entry("live-recordings.guard.deadline", "9s"),
                        Map.entry("live-recordings.guard.attempt-timeout", "3s"),
                        Map.entry("live-recordings.guard.retries", "0"),
                        Map.entry("live-recordings.guard.retry-delay", "1s"),
                        Map.entry("live-recordings.guard.retry-jitter", "10ms"),
                        Map.entry("live-recordings.guard.concurrent-calls", "7"),
                        Map.entry("live-recordings.guard.queued-calls", "8"),
                        Map.entry("live-recordings.guard.breaker.window", "20"),
                        Map.entry("live-recordings.guard.breaker.failure-ratio", "0.75"),
                        Map.entry("live-recordings.guard.breaker.delay", "1m"),
                        Map.entry("live-recordings.guard.breaker.successes", "3")));
        assertEquals(Duration.ofSeconds(9), config.deadline());
        assertEquals(Duration.ofSeconds(3), config.attemptTimeout());
        assertEquals(0, config.retries());
        assertEquals(Duration.ofSeconds(1), config.retryDelay());
        assertEquals(Duration.ofMillis(10), config.retryJitter());
        assertEquals(7, config.concurrentCalls());
        assertEquals(8, config.queuedCalls());
        assertEquals(20, config.breaker().window());
        assertEquals(0.75, config.breaker().failureRatio());
        assertEquals(Duration.ofMinutes(1), config.breaker().delay());
        assertEquals(3, config.breaker().successes());
    }
}
