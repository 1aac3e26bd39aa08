package org.liverecordings.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.support.Settings;
import org.liverecordings.wiring.LiveRecordingsConfig.Recorder;
import org.liverecordings.wiring.LiveRecordingsConfig.Stop.Hold;

class LiveRecordingsConfigTest {

    @Test
    void theDefaultsLetTheServiceRunAlone() {
        LiveRecordingsConfig config = Settings.of(LiveRecordingsConfig.class, Map.of());
        assertEquals(Recorder.EMBEDDED, config.recorder());
        assertEquals("memory", config.registry());
        assertEquals(Optional.empty(), config.replica());
        assertEquals(Duration.ofMinutes(5), config.stopPending().keep());
        assertEquals(Hold.CONSENT_WITHDRAWN, config.stop().hold());
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
        assertEquals(Hold.ALWAYS, config.stop().hold());
        assertEquals(Duration.ofDays(1), config.stop().holdFor());
        assertEquals(Recorder.IMAGICLE, config.recorder());
        assertEquals("postgresql", config.registry());
        assertEquals(Optional.of("one"), config.replica());
        assertEquals(Duration.ofSeconds(90), config.stopPending().keep());
    }

    @ParameterizedTest
    @CsvSource({
        "live-recordings.recorder, embedded imagicle asterisk",
        "live-recordings.stop.hold, consent-withdrawn always"
    })
    void aWordThatIsNoneOfThemIsRefusedWithThoseThatThereAre(String setting, String words) {
        // Given
        Map<String, String> settings = Map.of(setting, "tape");

        // When
        String refusal = assertThrows(
                        ConfigValidationException.class, () -> Settings.of(LiveRecordingsConfig.class, settings))
                .getMessage();

        // Then
        assertTrue(refusal.contains(setting + " with the config value \"tape\""), refusal);
        for (String word : words.split(" ")) {
            assertTrue(refusal.contains(word), refusal);
        }
    }
}
