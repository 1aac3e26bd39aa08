package org.liverecordings.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordSettingsTest {

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/me"));
    private final Properties properties = new Properties();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pa$$word",
                "pa\\$word",
                "pa${HOME}x",
                "pa${",
                "${",
                "$",
                "$$",
                "\\",
                "\\\\",
                "pa\\\\$x",
                "pa}x",
                "${HOME}",
                "${HOME:x}",
                "$HOME",
                "a,b",
                "a\\,b",
                " pa ",
                "\tpa\u00A0",
                "päß€🎧",
                "\"pa'",
                "#pa",
                "pa=x:y",
                "${aes::x}",
                "%pa",
                "pa\nx"
            })
    void aPasswordComesAsItIs(String password) throws IOException {
        for (String name : List.of(
                "live-recordings.imagicle",
                "live-recordings.asterisk.nodes.east",
                "quarkus.datasource",
                "quarkus.flyway")) {
            assertEquals(password, inEnvironment(name + ".password", password), "environment");
            assertEquals(password, inFile(name + ".password", password), "file");
            assertEquals(password, inFile(name + ".password", password + "\n"), "file with a line's end");
            assertEquals(password, inFile(name + ".password", password + "\r\n"), "file with a line's end of Windows");
            assertEquals(password, inFile(name + ".password", "\uFEFF" + password), "file with a byte-order mark");
            assertEquals(password, inProperties(name + ".password", password), "properties");
            assertEquals(password, inEnvironment(name + ".username", password), "user name");
        }
    }

    @Test
    void ofSeveralLinesEndsOneIsCutOff() throws IOException {
        assertEquals("pa\n", inFile("quarkus.datasource.password", "pa\n\n"));
    }

    @Test
    void theFormatOfPropertiesHasItsOwnEscapes() throws IOException {
        properties.load(new StringReader("live-recordings.imagicle.password = pa\\\\$\\u00e4\\\n  x${HOME}\n"));

        assertEquals(
                "pa\\$äx${HOME}", value("live-recordings.imagicle.password").orElseThrow());
    }

    @Test
    void whatIsNoPasswordIsExpanded() {
        properties.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://${DB_HOST}/x");
        environment.put("DB_HOST", "db");

        assertEquals(
                "jdbc:postgresql://db/x", value("quarkus.datasource.jdbc.url").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "live-recordings.imagicle.password",
                "live-recordings.asterisk.nodes.east.password",
                "quarkus.datasource.password",
                "quarkus.flyway.password"
            })
    void aPasswordThatIsSetTwiceIsRefused(String name) throws IOException {
        environment.put(variable(name), "one");
        environment.put(variable(name) + "_FILE", file("two"));

        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> value(name));

        assertEquals(name + " and " + name + "-file are both set", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "live-recordings.imagicle.password",
                "live-recordings.asterisk.nodes.east.password",
                "quarkus.datasource.password",
                "quarkus.flyway.password"
            })
    void aFileThatHasNoPasswordIsRefused(String name) throws IOException {
        String missing = directory.resolve("missing").toString();
        String empty = file("");
        String blank = file("\uFEFF\r\n");
        String huge = file("x".repeat(4097));
        Path latin1 = Files.write(directory.resolve("latin1"), "pä".getBytes(StandardCharsets.ISO_8859_1));

        String no = "; it takes the path of a file, not the password itself";
        String hidden = name + "-file: can't read (not shown, since a secret may be in it)" + no;

        assertEquals(hidden, refusal(name, missing));
        assertEquals(hidden, refusal(name, "SECRET"));
        assertEquals(hidden, refusal(name, "/SEC/RET.txt"));
        assertEquals(hidden, refusal(name, "SEC\nRET"));
        assertEquals(hidden, refusal(name, "S".repeat(300)));
        assertEquals(name + "-file: can't read " + directory + no, refusal(name, directory.toString()));
        assertEquals(name + "-file: " + empty + " is empty", refusal(name, empty));
        assertEquals(name + "-file: " + blank + " is empty", refusal(name, blank));
        assertEquals(name + "-file: " + huge + " has more than 4096 bytes", refusal(name, huge));
        assertEquals(name + "-file: " + latin1 + " is not UTF-8", refusal(name, latin1.toString()));
    }

    @ParameterizedTest
    @CsvSource({"QUARKUS_FLYWAY, quarkus.flyway", "QUARKUS_DATASOURCE, quarkus.datasource"})
    void whoMigratesIsTheDatabasesUserUnlessNamed(String variable, String expectedFrom) throws IOException {
        environment.put("QUARKUS_DATASOURCE_USERNAME", "u$$quarkus.datasource");
        environment.put("QUARKUS_DATASOURCE_PASSWORD_FILE", file("p$$quarkus.datasource"));
        if (variable.equals("QUARKUS_FLYWAY")) {
            environment.put("QUARKUS_FLYWAY_USERNAME", "u$$quarkus.flyway");
            environment.put("QUARKUS_FLYWAY_PASSWORD_FILE", file("p$$quarkus.flyway"));
        }

        assertEquals(Optional.of("u$$" + expectedFrom), value("quarkus.flyway.username"));
        assertEquals(Optional.of("p$$" + expectedFrom), value("quarkus.flyway.password"));
    }

    @Test
    void aPasswordThatTheLocaleGarbledIsRefused() {
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "p\uFFFD\uFFFDss");

        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> value("quarkus.datasource.password"));

        assertEquals(
                "quarkus.datasource.password: has characters that can't be read in this process's locale; set"
                        + " LC_ALL=C.UTF-8 as well, or use quarkus.datasource.password-file",
                refused.getMessage());
    }

    @Test
    void aVariableThatIsEmptyIsNotSet() throws IOException {
        environment.put("LIVE_RECORDINGS_IMAGICLE_PASSWORD", "");
        environment.put("LIVE_RECORDINGS_IMAGICLE_PASSWORD_FILE", file("pa"));
        environment.put("QUARKUS_DATASOURCE_PASSWORD_FILE", "");

        assertEquals(Optional.of("pa"), value("live-recordings.imagicle.password"));
        assertEquals(Optional.empty(), value("quarkus.datasource.password"));
    }

    // What begins with a byte-order mark

    @ParameterizedTest
    @ValueSource(
            strings = {"\uFEFFlive-recordings.registry=paper\n", "\uFEFF# first\nlive-recordings.registry=paper\n"})
    void aByteOrderMarkBeforeTheFirstSettingIsSkipped(String text) throws IOException {
        properties.load(new StringReader(text));

        assertEquals(Optional.of("paper"), value("live-recordings.registry"));
    }

    @Test
    void aSettingWithAMarkYieldsToWhatOutranksIt() throws IOException {
        properties.load(new StringReader("\uFEFFlive-recordings.registry=paper\n"));
        environment.put("LIVE_RECORDINGS_REGISTRY", "stone");

        assertEquals(Optional.of("stone"), value("live-recordings.registry"));
    }

    private String inEnvironment(String name, String password) {
        environment.put(variable(name), password);
        try {
            return value(name).orElse(null);
        } finally {
            environment.remove(variable(name));
        }
    }

    private String inFile(String name, String content) throws IOException {
        return inEnvironmentAs(variable(name) + "_FILE", file(content), name);
    }

    private String inEnvironmentAs(String variable, String value, String name) {
        environment.put(variable, value);
        try {
            return value(name).orElse(null);
        } finally {
            environment.remove(variable);
        }
    }

    private String inProperties(String name, String password) {
        properties.put(name, password);
        try {
            return value(name).orElse(null);
        } finally {
            properties.remove(name);
        }
    }

    private String refusal(String name, String file) {
        environment.put(variable(name) + "_FILE", file);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> value(name));
        // A cause would have the name of the file in its message, and be printed with it.
        assertFalse(String.valueOf(refused.getCause()).contains("SEC"));
        return refused.getMessage();
    }

    private static String variable(String name) {
        return name.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private String file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "password", ""), content)
                .toString();
    }

    private Optional<String> value(String name) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "properties", 260))
                .withSources(new EnvConfigSource(environment, 300));
        new SettingsCustomizer().configBuilder(builder);
        SmallRyeConfig config = builder.build();
        return config.getOptionalValue(name, String.class);
    }
}
