package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.recorder.asterisk.AsteriskConfig;

/** Without a Docker engine: whether the file says what the service understands. */
class ComposeTest {

    private JsonNode services;

    @BeforeEach
    void readTheFile() throws IOException {
        services = new YAMLMapper()
                .readTree(Path.of("src", "main", "docker", "compose.yaml").toFile())
                .get("services");
    }

    private Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        services.get(service)
                .get("environment")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        return environment;
    }

    @Test
    void theNodeIsTheAsteriskBesideIt() {
        Map<String, String> environment = environment("service");

        AsteriskConfig config = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(AsteriskConfig.class)
                .build()
                .getConfigMapping(AsteriskConfig.class);

        assertEquals("asterisk", environment.get("LIVE_RECORDINGS_RECORDER"));
        assertEquals("PJSIP/{directoryNumber}", config.endpoint());
        assertEquals(Set.of("pbx"), config.nodes().keySet());
        assertEquals("http://pbx:8088", config.nodes().get("pbx").url());
        assertTrue(config.nodes().get("pbx").password().isPresent());
    }

    @Test
    void theDatabaseIsTheOneBesideIt() {
        Map<String, String> service = environment("service");
        Map<String, String> database = environment("database");
        assertEquals("postgresql", service.get("LIVE_RECORDINGS_REGISTRY"));
        assertEquals(
                "jdbc:postgresql://database:5432/" + database.get("POSTGRES_DB"),
                service.get("QUARKUS_DATASOURCE_JDBC_URL"));
        assertEquals(database.get("POSTGRES_USER"), service.get("QUARKUS_DATASOURCE_USERNAME"));
        assertEquals(database.get("POSTGRES_PASSWORD"), service.get("QUARKUS_DATASOURCE_PASSWORD"));
    }

    @Test
    void whatTheServiceWaitsForIsThere() {
        Set<String> names = new TreeSet<>();
        services.properties().forEach(entry -> names.add(entry.getKey()));
        List<String> awaited = List.of("database", "pbx");
        assertEquals(Set.of("database", "pbx", "service"), names);
        assertEquals(
                awaited,
                List.of(
                        services.get("service").get("depends_on").get(0).asText(),
                        services.get("service").get("depends_on").get(1).asText()));
    }
}
