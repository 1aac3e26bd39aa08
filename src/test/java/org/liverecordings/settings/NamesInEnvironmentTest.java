package org.liverecordings.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.events.webhook.WebhooksConfig;
import org.liverecordings.recorder.asterisk.AsteriskConfig;

class NamesInEnvironmentTest {

    private static final String WEBHOOKS = "LIVE_RECORDINGS_WEBHOOKS_";

    private final Map<String, String> environment = new TreeMap<>(Map.of(
            WEBHOOKS + "CRM_URL", "https://example.com/",
            WEBHOOKS + "CRM_SECRET", "secret"));
    private final Map<String, String> file = new TreeMap<>();

    private <T> T read(Class<T> mapping) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(environment, 300), new PropertiesConfigSource(file, "file", 100))
                .withMapping(mapping);
        new SettingsCustomizer().configBuilder(builder);
        return builder.build().getConfigMapping(mapping);
    }

    private String refusal(Class<?> mapping) {
        ConfigValidationException refused = assertThrows(ConfigValidationException.class, () -> read(mapping));
        assertEquals(1, refused.getProblemCount());
        return refused.getProblem(0).getMessage();
    }

    @Test
    void aVariableOfANameWithAnUnderscoreStopsTheStart() {
        environment.put(WEBHOOKS + "MY_HOOK_URL", "https://example.com/");
        assertEquals(
                "LIVE_RECORDINGS_WEBHOOKS_MY_HOOK_URL: there is no such setting. After LIVE_RECORDINGS_WEBHOOKS_ come a"
                        + " name, which in an environment variable is one word of letters and digits, an underscore, and one"
                        + " of ALLOW_HTTP, ALLOW_PRIVATE_ADDRESSES, ALLOW_REDIRECTS, EVENTS, GIVE_UP_AFTER,"
                        + " LONGEST_RETRY_DELAY, RETRY_DELAY, SECRET, TIMEOUT, TLS_CONFIGURATION_NAME, URL. A name such as"
                        + " my-own must stand in config/application.properties or a system property",
                refusal(WebhooksConfig.class));
    }

    @Test
    void soDoesOneOfANode() {
        environment.put("LIVE_RECORDINGS_ASTERISK_NODES_MY_NODE_PASSWORD_FILE", "/nowhere");
        assertEquals(
                "LIVE_RECORDINGS_ASTERISK_NODES_MY_NODE_PASSWORD_FILE: there is no such setting. After"
                        + " LIVE_RECORDINGS_ASTERISK_NODES_ come a name, which in an environment variable is one word of"
                        + " letters and digits, an underscore, and one of PASSWORD, PASSWORD_FILE, TLS_CONFIGURATION_NAME,"
                        + " URL, USERNAME. A name such as my-own must stand in config/application.properties or a system"
                        + " property",
                refusal(AsteriskConfig.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LIVE_RECORDINGS_WEBHOOKS_CRM_URLS",
                "LIVE_RECORDINGS_WEBHOOKS_CRM_EVENT",
                "LIVE_RECORDINGS_WEBHOOKS_URL",
                "LIVE_RECORDINGS_WEBHOOKS_CRM",
                "LIVE_RECORDINGS_WEBHOOKS_1_URL",
                "LIVE_RECORDINGS_WEBHOOKS_CRM_1_URL",
                "LIVE_RECORDINGS_WEBHOOKS_CRM__URL",
                "LIVE_RECORDINGS_WEBHOOKS_MY_HOOK_ALLOW_HTTP",
                "live_recordings_webhooks_my_hook_url"
            })
    void soDoesWhateverElseNobodyWouldRead(String variable) {
        environment.put(variable, "x");
        String message = refusal(WebhooksConfig.class);
        assertEquals(variable + ": there is no such setting.", message.substring(0, variable.length() + 27));
    }

    @Test
    void allOfThemAreNamed() {
        environment.put(WEBHOOKS + "MY_HOOK_URL", "https://example.com/");
        environment.put(WEBHOOKS + "MY_HOOK_SECRET", "secret");
        ConfigValidationException refused =
                assertThrows(ConfigValidationException.class, () -> read(WebhooksConfig.class));
        assertEquals(2, refused.getProblemCount());
    }

    @Test
    void aNameOfOneWordIsRead() {
        environment.put(WEBHOOKS + "CRM_TLS_CONFIGURATION_NAME", "x");
        environment.put(WEBHOOKS + "CRM_EVENTS_0_", "recording.stopped");
        environment.put("live_recordings_webhooks_crm2_url", "https://example.com/");
        environment.put("live_recordings_webhooks_crm2_secret", "secret");
        WebhooksConfig config = read(WebhooksConfig.class);
        assertEquals(Set.of("crm", "crm2"), config.webhooks().keySet());
    }

    @Test
    void aNameBetweenDoubleUnderscoresHasDots() {
        environment.put(WEBHOOKS + "_MY_HOOK__URL", "https://example.com/");
        environment.put(WEBHOOKS + "_MY_HOOK__SECRET", "secret");
        assertEquals(
                Set.of("crm", "my.hook"), read(WebhooksConfig.class).webhooks().keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-hook", "my_hook"})
    void aNameThatStandsInAFileMayBeCompletedByVariables(String name) {
        file.put("live-recordings.webhooks." + name + ".timeout", "2s");
        environment.put(WEBHOOKS + "MY_HOOK_URL", "https://my.example.com/");
        environment.put(WEBHOOKS + "MY_HOOK_SECRET", "secret");
        WebhooksConfig.Endpoint hook = read(WebhooksConfig.class).webhooks().get(name);
        assertEquals("https://my.example.com/", hook.url());
        assertEquals("secret", hook.secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-hook", "my.hook"})
    void aNameThatStandsInAFileInQuotesNeedsDoubleUnderscores(String name) {
        file.put("live-recordings.webhooks.\"" + name + "\".url", "https://example.com/");
        file.put("live-recordings.webhooks.\"" + name + "\".secret", "secret");
        environment.put(WEBHOOKS + "MY_HOOK_URL", "https://my.example.com/");
        assertEquals(
                "LIVE_RECORDINGS_WEBHOOKS_MY_HOOK_URL: there is no such setting.",
                refusal(WebhooksConfig.class).substring(0, 63));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SERVICE_HOST",
                "SERVICE_PORT",
                "SERVICE_PORT_HTTP",
                "PORT",
                "PORT_80_TCP",
                "PORT_80_TCP_ADDR",
                "RECEIVER_SERVICE_HOST",
                "RECEIVER_PORT_80_TCP_PROTO"
            })
    void whatKubernetesTellsOfAServiceOfThatNameIsNoSetting(String rest) {
        environment.put(WEBHOOKS + rest, "tcp://10.0.0.1:80");
        assertEquals(Set.of("crm"), read(WebhooksConfig.class).webhooks().keySet());
    }
}
