package org.liverecordings.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownVariablesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LIVE_RECORDINGS_REGISTYR",
                "LIVE_RECORDINGS_LINE_FILE",
                "LIVE_RECORDINGS_SIGN_IN_ISSUER",
                "LIVE_RECORDINGS_GUARD_BREAKER_FAILURES_RATIO",
                "LIVE_RECORDINGS_WEBHOOK_CRM_SECRET",
                "live-recordings.registyr",
                "Live_Recordings_Registyr"
            })
    void aMisspeltOneIsFound(String variable) {
        Set<String> unknown = new UnknownVariables().in(environment(Map.of(variable, "a")));

        assertEquals(Set.of(variable.toUpperCase().replace('-', '_').replace('.', '_')), unknown);
    }

    @Test
    void noSettingIsUnknown() {
        Map<String, String> environment = new HashMap<>();
        new SettingsPage().variables().forEach(setting -> environment.put(setting.replace("<NAME>", "EAST"), ""));

        Set<String> unknown = new UnknownVariables().in(environment(environment));

        assertTrue(environment.size() > 80, environment::toString);
        assertEquals(Set.of(), unknown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"QUARKUS_HTTP_PROT", "PATH", "LIVE_RECORDING", "OTHER_LIVE_RECORDINGS_URL", "LIVE_RECORDINGS"})
    void whatIsNamedOtherwiseIsNobodysBusiness(String variable) {
        Set<String> unknown = new UnknownVariables().in(environment(Map.of(variable, "a")));

        assertEquals(Set.of(), unknown);
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

        Set<String> unknown = new UnknownVariables().in(environment(environment));

        assertEquals(Set.of(), unknown);
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
        Set<String> unknown = new UnknownVariables().in(environment(Map.of(variable, "8080")));

        assertEquals(Set.of(variable), unknown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIVE_RECORDINGS_PORTS", "LIVE_RECORDINGS_PORT_HTTP", "LIVE_RECORDINGS_PORT_80_TCP_NAME"})
    void besideAServiceEverythingElseIsUnknown(String variable) {
        Map<String, String> environment = Map.of("LIVE_RECORDINGS_SERVICE_HOST", "10.0.0.1", variable, "a");

        Set<String> unknown = new UnknownVariables().in(environment(environment));

        assertEquals(Set.of(variable), unknown);
    }

    private static SmallRyeConfig environment(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .build();
    }
}
