package org.liverecordings.settings;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.support.Settings;

/** Every setting that there is, found in the classes: one that is added without bounds fails here. */
class BoundsTest {

    static Stream<Setting> settings() {
        return Setting.mappings().stream().flatMap(Setting::of).filter(setting -> !setting.isWord());
    }

    @Test
    void theSettingsAreFound() {
        List<String> names = settings().map(Setting::name).toList();
        assertTrue(
                names.containsAll(List.of(
                        "live-recordings.registry",
                        "live-recordings.stop-pending.keep",
                        "live-recordings.guard.breaker.failure-ratio",
                        "live-recordings.embedded.simulate.failing",
                        "live-recordings.asterisk.nodes.east.url",
                        "live-recordings.webhooks.east.url")),
                names.toString());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingHasBoundsThatANativeExecutableSees(Setting setting) {
        assertNotNull(setting.method().getAnnotation(Bounds.class), setting + " has no @Bounds");
        assertNotNull(
                setting.method().getDeclaringClass().getAnnotation(RegisterForReflection.class),
                setting.method().getDeclaringClass() + " has no @RegisterForReflection");
    }

    /** A password's file that isn't there is refused before anything else. */
    static Stream<Setting> readable() {
        return settings().filter(setting -> !setting.name().endsWith(".password-file"));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void theBoundsThemselvesAreFine(Setting setting) {
        assertDoesNotThrow(() -> read(setting, value(setting, setting.min(), 0)));
        assertDoesNotThrow(() -> read(setting, value(setting, setting.max(), 0)));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void aValueAboveStopsTheStartAndIsNamed(Setting setting) {
        ConfigValidationException refused =
                assertThrows(ConfigValidationException.class, () -> read(setting, value(setting, setting.max(), 1)));
        assertEquals(
                "Configuration validation failed:" + System.lineSeparator() + "\t" + setting + ": must "
                        + fault(setting, setting.max(), 1),
                refused.getMessage());
    }

    /** A text, a path or a list without anything is one that isn't set. */
    static Stream<Setting> boundedBelow() {
        return settings()
                .filter(setting -> setting.type() == Duration.class
                        ? !setting.min().equals("0s")
                        : setting.type() == int.class || setting.type() == double.class);
    }

    @ParameterizedTest
    @MethodSource("boundedBelow")
    void aValueBelowStopsTheStartAndIsNamed(Setting setting) {
        ConfigValidationException refused =
                assertThrows(ConfigValidationException.class, () -> read(setting, value(setting, setting.min(), -1)));
        assertEquals(
                "Configuration validation failed:" + System.lineSeparator() + "\t" + setting + ": must "
                        + fault(setting, setting.min(), -1),
                refused.getMessage());
    }

    static Stream<Setting> typed() {
        return settings()
                .filter(setting -> setting.type() == Duration.class
                        || setting.type() == int.class
                        || setting.type() == double.class);
    }

    @ParameterizedTest
    @MethodSource("typed")
    void whatIsNoSuchValueAtAllStopsTheStartAndIsNamed(Setting setting) {
        for (String value :
                List.of("abc", "-", "1 x", "99999999999999999999", "99999999999999999d", "-1s", "NaN", "1,5")) {
            RuntimeException refused = assertThrows(RuntimeException.class, () -> read(setting, value), value);
            assertTrue(refused.getMessage().contains(setting.name()), refused.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "live-recordings.reconciler.interval, 0s, 'must be from 100ms to 1d, not 0s'",
        "live-recordings.lines.refresh, 2ms, 'must be from 100ms to 1d, not 2ms'",
        "live-recordings.lines.refresh, 90000s, 'must be from 100ms to 1d, not 25h'",
        "live-recordings.lines.refresh, 10000d, 'must be from 100ms to 1d, not 10000d'",
        "live-recordings.guard.retries, -1, 'must be from 0 to 100, not -1'",
        "live-recordings.guard.breaker.failure-ratio, 1.5, 'must be from 0.01 to 1, not 1.5'"
    })
    void aMessageTellsSettingBoundsAndValue(String name, String value, String message) {
        Setting setting =
                settings().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        ConfigValidationException refused = assertThrows(ConfigValidationException.class, () -> read(setting, value));
        assertEquals(name + ": " + message, refused.getProblem(0).getMessage());
    }

    @Test
    void allFaultsAreTold() {
        Map<String, String> keys = Map.of(
                "live-recordings.guard.deadline", "0s",
                "live-recordings.guard.retries", "1000",
                "live-recordings.guard.breaker.window", "0");
        ConfigValidationException refused = assertThrows(
                ConfigValidationException.class,
                () -> Settings.of(org.liverecordings.recorder.guard.GuardConfig.class, keys));
        assertEquals(3, refused.getProblemCount());
    }

    private static void read(Setting setting, String value) {
        Map<String, String> keys = new HashMap<>();
        if (setting.name().contains(".nodes.east.")) {
            keys.put("live-recordings.asterisk.nodes.east.url", "http://east");
            keys.put("live-recordings.asterisk.nodes.east.username", "recorder");
        }
        if (setting.name().contains(".webhooks.east.")) {
            keys.put("live-recordings.webhooks.east.url", "https://east");
            keys.put("live-recordings.webhooks.east.secret", "whsec_");
        }
        keys.put(setting.name(), value);
        Settings.of(setting.mapping(), keys);
    }

    /** A value so far beyond a bound, in the smallest unit. */
    private static String value(Setting setting, String bound, int beyond) {
        Class<?> type = setting.type();
        if (type == Duration.class) {
            return DurationConverter.parseDuration(bound).plusMillis(beyond).toMillis() + "ms";
        }
        if (type == double.class) {
            return new BigDecimal(bound)
                    .add(new BigDecimal("0.001").multiply(BigDecimal.valueOf(beyond)))
                    .toString();
        }
        if (type == int.class) {
            return Integer.toString(Integer.parseInt(bound) + beyond);
        }
        int size = Integer.parseInt(bound) + beyond;
        return type == List.class ? "1,".repeat(size - 1) + "1" : "x".repeat(size);
    }

    private static String fault(Setting setting, String bound, int beyond) {
        String range = setting.min() + " to " + setting.max();
        Class<?> type = setting.type();
        if (type == Duration.class) {
            long millis =
                    DurationConverter.parseDuration(bound).plusMillis(beyond).toMillis();
            return "be from " + range + ", not " + (millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms");
        }
        if (type == int.class || type == double.class) {
            return "be from " + range + ", not " + value(setting, bound, beyond);
        }
        return "have " + range + (type == List.class ? " items" : " characters") + ", not "
                + (Integer.parseInt(bound) + beyond);
    }
}
