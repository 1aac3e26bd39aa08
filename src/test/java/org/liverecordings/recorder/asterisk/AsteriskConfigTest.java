package org.liverecordings.recorder.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.metrics.RecorderMeters;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.settings.SettingsCustomizer;
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
                new MemoryLiveRecordingRepository(InstantSource.system()),
                vertx,
                new NoTls(),
                node -> new RecorderMeters(new SimpleMeterRegistry(), node));
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
        assertEquals(Duration.ofMillis(1500), config.connectTimeout());
        assertEquals(10, config.connections());
        assertEquals(Duration.ofSeconds(10), config.sweepInterval());
    }

    @Test
    void theKeysOfTheEnvironment() throws IOException {
        Path password = Files.writeString(folder.resolve("east"), "se${HOME}cret\n");
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(
                        Map.of(
                                "LIVE_RECORDINGS_ASTERISK_NODES_EAST_URL", "http://east:8088",
                                "LIVE_RECORDINGS_ASTERISK_NODES_EAST_USERNAME", "recorder",
                                "LIVE_RECORDINGS_ASTERISK_NODES_EAST_PASSWORD_FILE", password.toString(),
                                "LIVE_RECORDINGS_ASTERISK_NODES_EAST_TLS_CONFIGURATION_NAME", "pbx",
                                "LIVE_RECORDINGS_ASTERISK_PAUSE", "mute",
                                "LIVE_RECORDINGS_ASTERISK_SWEEP_INTERVAL", "3s"),
                        300))
                .withMapping(AsteriskConfig.class);
        new SettingsCustomizer().configBuilder(builder);

        AsteriskConfig config = builder.build().getConfigMapping(AsteriskConfig.class);

        assertEquals(Set.of("east"), config.nodes().keySet());
        AsteriskConfig.Node east = config.nodes().get("east");
        assertEquals("http://east:8088", east.url());
        assertEquals("recorder", east.username());
        assertEquals(Optional.of("se${HOME}cret"), east.password());
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
    void noPasswordIsRefused() {
        settings.remove(EAST + "password");
        assertEquals(
                "the recorder asterisk needs " + EAST + "password or " + EAST + "password-file to be set", refusal());
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
                "nodes.east.url | east | nodes.east.url: not an http or https address",
                "nodes.east.url | http://recorder:secret@east | nodes.east.url: must not have a user in it; that is"
                        + " live-recordings.asterisk.nodes.east.username and live-recordings.asterisk.nodes.east.password",
                "nodes.east.url | http://east:8088/ari/ | nodes.east.url: must be without the API's path /ari",
                "nodes.east.tls-configuration-name | pbx | nodes.east.tls-configuration-name: there is no quarkus.tls.pbx",
                "endpoint | {deviceName} | endpoint: must be a technology, a slash, and {deviceName} or {directoryNumber},"
                        + " such as PJSIP/{deviceName}, not {deviceName}",
                "endpoint | PJSIP/101 | endpoint: must be a technology, a slash, and {deviceName} or {directoryNumber},"
                        + " such as PJSIP/{deviceName}, not PJSIP/101",
                "application | live recordings | application: up to 40 letters, digits and hyphens, not live recordings"
            })
    void whatMakesNoSenseIsRefused(String key, String value, String message) {
        settings.put(ASTERISK + key, value);
        assertEquals(ASTERISK + message, refusal());
    }
}
