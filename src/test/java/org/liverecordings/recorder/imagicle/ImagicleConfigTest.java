package org.liverecordings.recorder.imagicle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class ImagicleConfigTest {

    @Test
    void theSuiteIsUnknownByDefault() {
        ImagicleConfig config = Settings.of(ImagicleConfig.class, Map.of());
        assertEquals(Optional.empty(), config.url());
        assertEquals(Optional.empty(), config.username());
        assertEquals(Optional.empty(), config.password());
        assertEquals(Duration.ofSeconds(1), config.connectTimeout());
        assertEquals(100, config.connections());
        assertEquals(Optional.empty(), config.tlsConfigurationName());
    }

    @Test
    void everyKeyIsRead() {
        ImagicleConfig config = Settings.of(
                ImagicleConfig.class,
                Map.of(
                        "live-recordings.imagicle.url", "https://ucx.example.com",
                        "live-recordings.imagicle.username", "recorder",
                        "live-recordings.imagicle.password", "secret",
                        "live-recordings.imagicle.connect-timeout", "300ms",
                        "live-recordings.imagicle.connections", "5",
                        "live-recordings.imagicle.tls-configuration-name", "ucx"));
        assertEquals(Optional.of("https://ucx.example.com"), config.url());
        assertEquals(Optional.of("recorder"), config.username());
        assertEquals(Optional.of("secret"), config.password());
        assertEquals(Duration.ofMillis(300), config.connectTimeout());
        assertEquals(5, config.connections());
        assertEquals(Optional.of("ucx"), config.tlsConfigurationName());
    }
}
