package org.liverecordings.api.signin.bearer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ListSettingTest {

    static Stream<Arguments> lists() {
        return Stream.of(
                arguments("", List.of()),
                arguments(" , ,", List.of()),
                arguments("a", List.of("a")),
                arguments("a,b", List.of("a", "b")),
                arguments(" a , b c ", List.of("a", "b c")),
                arguments("Agents\\, Milan=1,/Supervisors=10", List.of("Agents, Milan=1", "/Supervisors=10")),
                arguments("a\\,", List.of("a,")),
                arguments("\\,", List.of(",")),
                arguments("CORP\\Agents,b", List.of("CORP\\Agents", "b")),
                arguments("\\\\server\\group", List.of("\\\\server\\group")),
                arguments("a\\\\,b", List.of("a\\", "b")),
                arguments("a\\\\\\,b", List.of("a\\,b")),
                arguments("a\\", List.of("a\\")),
                arguments("a\"b,'c", List.of("a\"b", "'c")),
                arguments("ä=10,€=1,日本=2", List.of("ä=10", "€=1", "日本=2")),
                arguments("${HOME}=1,$x,$$,${", List.of("${HOME}=1", "$x", "$$", "${")));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void commasDivideAndABackslashEscapesOne(String text, List<String> expected) {
        List<String> elements = ListSetting.split(text);

        assertEquals(expected, elements);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void anEnvironmentVariableHoldsTheSame(String text, List<String> expected) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(Map.of("LIVE_RECORDINGS_SIGN_IN_LEVELS", text), 300))
                .build();

        List<String> elements = ListSetting.read(config, "live-recordings.sign-in.levels", 10, Function.identity());

        assertEquals(expected, elements);
    }

    @Test
    void whatIsNotSetIsEmpty() {
        SmallRyeConfig config = new SmallRyeConfigBuilder().build();

        List<String> elements = ListSetting.read(config, "live-recordings.sign-in.levels", 10, Function.identity());

        assertEquals(List.of(), elements);
    }
}
