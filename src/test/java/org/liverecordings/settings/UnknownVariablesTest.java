package org.liverecordings.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.events.webhook.WebhooksConfig;

class UnknownVariablesTest {

    /** The setting that is meant may have a name in it that is the user's own. */
    @ParameterizedTest
    @CsvSource({
        "LIVE_RECORDINGS_REGISTYR, LIVE_RECORDINGS_REGISTRY",
        "LIVE_RECORDINGS_LINE_FILE, LIVE_RECORDINGS_LINES_FILE",
        "LIVE_RECORDINGS_SIGN_IN_ISSUER, LIVE_RECORDINGS_SIGN_IN_ISSUERS",
        "LIVE_RECORDINGS_GUARD_BREAKER_FAILURES_RATIO, LIVE_RECORDINGS_GUARD_BREAKER_FAILURE_RATIO",
        "LIVE_RECORDINGS_ASTERISK_NODES_HEADQUARTERSMILAN_URI, LIVE_RECORDINGS_ASTERISK_NODES_<NAME>_URL",
        "LIVE_RECORDINGS_WEBHOOK_CRM_SECRET, LIVE_RECORDINGS_WEBHOOKS_<NAME>_SECRET",
        "LIVE_RECORDINGS_WEBHOOKS__SECRET, LIVE_RECORDINGS_WEBHOOKS_<NAME>_SECRET",
        "live-recordings.registyr, LIVE_RECORDINGS_REGISTRY",
        "Live_Recordings_Registyr, LIVE_RECORDINGS_REGISTRY"
    })
    void aMisspeltOneIsFoundWithTheSettingThatIsMeant(String variable, String setting) {
        Map<String, String> unknown = new UnknownVariables().in(environment(Map.of(variable, "a")));

        assertEquals(Map.of(variable.toUpperCase().replace('-', '_').replace('.', '_'), setting), unknown);
    }

    @Test
    void noSettingIsUnknown() {
        Map<String, String> environment = new HashMap<>();
        new SettingsPage().variables().forEach(setting -> environment.put(setting.replace("<NAME>", "EAST"), ""));

        Map<String, String> unknown = new UnknownVariables().in(environment(environment));

        assertTrue(environment.size() > 80, environment::toString);
        assertEquals(Map.of(), unknown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"QUARKUS_HTTP_PROT", "PATH", "LIVE_RECORDING", "OTHER_LIVE_RECORDINGS_URL", "LIVE_RECORDINGS"})
    void whatIsNamedOtherwiseIsNobodysBusiness(String variable) {
        Map<String, String> unknown = new UnknownVariables().in(environment(Map.of(variable, "a")));

        assertEquals(Map.of(), unknown);
    }

    /** Those of a Service with two ports, by the documentation of Kubernetes. */
    @ParameterizedTest
    @ValueSource(strings = {"LIVE_RECORDINGS", "LIVE_RECORDINGS_GATEWAY"})
    void whatKubernetesTellsOfAServiceIsNotUnknown(String service) {
        Map<String, String> environment = new HashMap<>();
        for (String end : List.of(
                "SERVICE_HOST",
                "SERVICE_PORT",
                "SERVICE_PORT_HTTP",
                "SERVICE_PORT_HTTP_METRICS",
                "PORT",
                "PORT_8080_TCP",
                "PORT_8080_TCP_PROTO",
                "PORT_8080_TCP_PORT",
                "PORT_8080_TCP_ADDR",
                "PORT_53_UDP",
                "PORT_53_UDP_ADDR")) {
            environment.put(service + "_" + end, "a");
        }

        Map<String, String> unknown = new UnknownVariables().in(environment(environment));

        assertEquals(Map.of(), unknown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LIVE_RECORDINGS_PORT",
                "LIVE_RECORDINGS_HTTP_PORT",
                "LIVE_RECORDINGS_SERVICE_PORT",
                "LIVE_RECORDINGS_PORT_8080_TCP"
            })
    void withoutAServiceItsVariablesAreUnknown(String variable) {
        Map<String, String> unknown = new UnknownVariables().in(environment(Map.of(variable, "8080")));

        assertEquals(List.of(variable), List.copyOf(unknown.keySet()));
    }

    @ParameterizedTest
    @CsvSource({"LIVE_RECORDINGS_PORTS", "LIVE_RECORDINGS_PORT_HTTP", "LIVE_RECORDINGS_PORT_80_TCP_NAME"})
    void besideAServiceEverythingElseIsUnknown(String variable) {
        Map<String, String> environment = Map.of("LIVE_RECORDINGS_SERVICE_HOST", "10.0.0.1", variable, "a");

        Map<String, String> unknown = new UnknownVariables().in(environment(environment));

        assertEquals(List.of(variable), List.copyOf(unknown.keySet()));
    }

    /** Where a name ends and a setting begins, the environment tells of one word only. */
    @Test
    void aNameOfTwoWordsReachesNobody() {
        Map<String, String> environment = Map.of(
                "LIVE_RECORDINGS_WEBHOOKS_MY_CRM_URL", "https://crm", "LIVE_RECORDINGS_WEBHOOKS_MY_CRM_SECRET", "a");

        SmallRyeConfig config = webhooks(environment, Map.of());

        assertEquals(
                "[LIVE_RECORDINGS_WEBHOOKS_MY_CRM_SECRET, LIVE_RECORDINGS_WEBHOOKS_MY_CRM_URL]",
                new UnknownVariables().in(config).keySet().toString());
        assertEquals(List.of(), names(config));
    }

    @Test
    void aNameOfTwoWordsIsTakenBetweenUnderscores() {
        Map<String, String> environment = Map.of(
                "LIVE_RECORDINGS_WEBHOOKS__MY_CRM__URL",
                "https://crm",
                "LIVE_RECORDINGS_WEBHOOKS__MY_CRM__SECRET",
                "a");

        SmallRyeConfig config = webhooks(environment, Map.of());

        assertEquals(Map.of(), new UnknownVariables().in(config));
        assertEquals(
                List.of("live-recordings.webhooks.\"my.crm\".secret", "live-recordings.webhooks.\"my.crm\".url"),
                names(config));
    }

    @Test
    void aNameThatAFileHasIsKnownInTheEnvironmentToo() {
        Map<String, String> file = Map.of("live-recordings.webhooks.my-crm.url", "https://crm");
        Map<String, String> environment = Map.of("LIVE_RECORDINGS_WEBHOOKS_MY_CRM_SECRET", "a");

        Map<String, String> unknown = new UnknownVariables().in(webhooks(environment, file));

        assertEquals(Map.of(), unknown);
    }

    private static List<String> names(SmallRyeConfig config) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.matches("live-recordings\\.webhooks\\..*\\.(url|secret)"))
                .sorted()
                .toList();
    }

    private static SmallRyeConfig environment(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .build();
    }

    /** What the framework makes of an environment and a file. */
    private static SmallRyeConfig webhooks(Map<String, String> environment, Map<String, String> file) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300), new PropertiesConfigSource(file, "file", 100))
                .withMapping(WebhooksConfig.class);
        new SettingsCustomizer().configBuilder(builder);
        return builder.build();
    }
}
