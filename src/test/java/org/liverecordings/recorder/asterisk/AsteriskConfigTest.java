package org.liverecordings.recorder.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recorder.GuardConfig;
import org.liverecordings.registry.MemoryLiveRecordingRepository;
import org.liverecordings.support.NoTls;
import org.liverecordings.support.Settings;

class AsteriskConfigTest {

    private static final String ASTERISK = "live-recordings.asterisk.";
    private static final String EAST = ASTERISK + "nodes.east.";

    private static Vertx vertx;

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>(Map.of(
            EAST + "url", "http://east:8088",
            EAST + "username", "recorder",
            EAST + "password", "secret"));

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void endVertx() {
        vertx.close();
    }

    private AsteriskConfig config() {
        return Settings.of(AsteriskConfig.class, settings);
    }

    private Asterisk asterisk() {
        return new Asterisk(
                config(),
                Settings.of(GuardConfig.class, Map.of()),
                new MemoryLiveRecordingRepository(),
                vertx,
                new NoTls());
    }

    private String refusal() {
        return assertThrows(IllegalArgumentException.class, this::asterisk).getMessage();
    }

    @Test
    void theDefaults() {
        AsteriskConfig config = config();
        assertEquals("PJSIP/{deviceName}", config.endpoint());
        assertEquals(AsteriskConfig.Pause.PAUSE, config.pause());
        assertEquals("live-recordings", config.application());
        assertEquals(Duration.ofSeconds(1), config.connectTimeout());
        assertEquals(15, config.connections());
        assertEquals(Duration.ofSeconds(10), config.sweepInterval());
    }

    @Test
    void theKeysOfTheEnvironment() {
        AsteriskConfig config = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(
                        Map.of(
                                "LIVE_RECORDINGS_ASTERISK_NODES_EAST_URL", "http://east:8088",
                                "LIVE_RECORDINGS_ASTERISK_NODES_EAST_USERNAME", "recorder",
                                "LIVE_RECORDINGS_ASTERISK_NODES_EAST_PASSWORD_FILE", "/run/secrets/east",
                                "LIVE_RECORDINGS_ASTERISK_NODES_EAST_TLS_CONFIGURATION_NAME", "pbx",
                                "LIVE_RECORDINGS_ASTERISK_PAUSE", "mute",
                                "LIVE_RECORDINGS_ASTERISK_SWEEP_INTERVAL", "3s"),
                        300))
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(AsteriskConfig.class)
                .build()
                .getConfigMapping(AsteriskConfig.class);
        assertEquals(Set.of("east"), config.nodes().keySet());
        AsteriskConfig.Node east = config.nodes().get("east");
        assertEquals(URI.create("http://east:8088"), east.url());
        assertEquals("recorder", east.username());
        assertEquals(Optional.empty(), east.password());
        assertEquals(Optional.of("/run/secrets/east"), east.passwordFile());
        assertEquals(Optional.of("pbx"), east.tlsConfigurationName());
        assertEquals(AsteriskConfig.Pause.MUTE, config.pause());
        assertEquals(Duration.ofSeconds(3), config.sweepInterval());
    }

    @Test
    void aPasswordMayBeInAFile() throws IOException {
        settings.remove(EAST + "password");
        settings.put(
                EAST + "password-file",
                Files.writeString(folder.resolve("east"), "secret\n").toString());
        assertEquals(Set.of("east"), asterisk().nodes());
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        settings.remove(EAST + "password");
        settings.put(EAST + "password-file", "/nowhere/east");
        assertEquals(
                EAST + "password-file: can't read /nowhere/east: java.nio.file.NoSuchFileException: /nowhere/east",
                refusal());
    }

    @Test
    void twoPasswordsAreRefused() {
        settings.put(EAST + "password-file", "/nowhere/east");
        assertEquals("either " + EAST + "password or " + EAST + "password-file must be set", refusal());
    }

    @Test
    void withoutANodeThereIsNoRecorder() {
        settings.clear();
        assertEquals("the recorder asterisk needs a " + ASTERISK + "nodes.<name>.url to be set", refusal());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nodes.east.url | east | nodes.east.url: not an http or https address: east",
                "nodes.east.tls-configuration-name | pbx | nodes.east.tls-configuration-name: there is no quarkus.tls.pbx",
                "endpoint | {deviceName} | endpoint: must be a technology, a slash, and {deviceName} or {directoryNumber},"
                        + " such as PJSIP/{deviceName}, not {deviceName}",
                "endpoint | PJSIP/101 | endpoint: must be a technology, a slash, and {deviceName} or {directoryNumber},"
                        + " such as PJSIP/{deviceName}, not PJSIP/101",
                "application | live recordings | application: up to 40 letters, digits and hyphens, not live recordings",
                "connections | 0 | connections: at least 1, not 0",
                "connect-timeout | 0s | connect-timeout: 1 ms to 1 min, not PT0S",
                "connect-timeout | 61s | connect-timeout: 1 ms to 1 min, not PT1M1S",
                "sweep-interval | 100ms | sweep-interval: 1 s to 1 day, not PT0.1S"
            })
    void whatMakesNoSenseIsRefused(String key, String value, String message) {
        settings.put(ASTERISK + key, value);
        assertEquals(ASTERISK + message, refusal());
    }
}
