package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.Recipe;

/** The chart's Job that migrates the database before the replicas, in the hands of the real Helm. */
class ChartMigrationIT {

    @TempDir
    Path folder;

    @BeforeAll
    static void needsHelm() {
        assumeTrue(Helm.program("helm").isPresent(), "LEFT OUT: ChartMigrationIT, there is no helm: .ci/helm gets it");
    }

    @Test
    void theMigrationIsThatOfTheManifestsBeforeTheRest() throws IOException {
        Manifests rendered = Helm.template("--values", values("my-values.yaml"));
        Manifests manifests = Manifests.optional("migration.yml");
        String name = "live-recordings-migration";

        for (String kind : List.of("Job", "NetworkPolicy", "ConfigMap")) {
            assertEquals(
                    "pre-install,pre-upgrade",
                    rendered.the(kind, name)
                            .at("/metadata/annotations/helm.sh~1hook")
                            .asText());
        }
        assertEquals(
                rendered.the("ConfigMap").at("/data"),
                rendered.the("ConfigMap", name).at("/data"));
        assertEquals(
                manifests.the("NetworkPolicy", name).at("/spec"),
                rendered.the("NetworkPolicy", name).at("/spec"));
        ObjectNode expected = manifests.the("Job", name).at("/spec").deepCopy();
        ObjectNode container = (ObjectNode) expected.at("/template/spec/containers/0");
        container.put("image", "registry.example.com/live-recordings:1.0.0");
        ((ObjectNode) container.at("/envFrom/0/configMapRef")).put("name", name);
        JsonNode replicas = rendered.the("Deployment").at("/spec/template/spec/containers/0/env");
        // What ends a replica slowly would only let a release wait.
        assertEquals("QUARKUS_SHUTDOWN_DELAY", replicas.at("/0/name").asText());
        ((ArrayNode) container.at("/env")).insert(0, replicas.get(1));
        assertEquals(expected, rendered.the("Job", name).at("/spec"));
    }

    /** Each value is another one than the chart's own. */
    @Test
    void whateverTheValuesGiveTheReplicasTheMigrationGetsAsWell() {
        Manifests rendered = Helm.template(
                "--set-string",
                "app.image=registry.example.com/other:2,app.imagePullPolicy=Always,app.args[0]=-Xmx384m,"
                        + "app.resources.limits.memory=1Gi,app.secrets.passwords=its-passwords,app.secrets.keys=its-keys,"
                        + "app.settings.LIVE_RECORDINGS_REGISTRY=postgresql,app.env[0].name=HTTPS_PROXY,"
                        + "app.env[0].value=http://proxy.example.com:3128,app.env[1].name=QUARKUS_DATASOURCE_JDBC_URL,"
                        + "app.env[1].value=jdbc:postgresql://db.example.com/live_recordings");
        JsonNode replica = rendered.the("Deployment").at("/spec/template/spec");
        ObjectNode expected = replica.at("/containers/0").deepCopy();
        expected.remove(List.of("ports", "startupProbe", "livenessProbe", "readinessProbe"));
        ((ArrayNode) expected.at("/env"))
                .addObject()
                .put("name", "LIVE_RECORDINGS_DATABASE_MIGRATE")
                .put("value", "only");
        ((ObjectNode) expected.at("/envFrom/0/configMapRef")).put("name", "live-recordings-migration");
        expected.set("volumeMounts", only("keys", expected.at("/volumeMounts")));

        JsonNode migration = rendered.the("Job", "live-recordings-migration").at("/spec/template/spec");

        assertEquals(expected, migration.at("/containers/0"));
        assertEquals(
                only("keys", replica.at("/volumes")).at("/0/secret/secretName"),
                migration.at("/volumes/0/secret/secretName"));
    }

    @Test
    void theMigrationMigratesWhateverTheValuesSay() {
        JsonNode job = Helm.template(
                        "--set-string",
                        "app.env[0].name=LIVE_RECORDINGS_REGISTRY,app.env[0].value=postgresql,"
                                + "app.env[1].name=LIVE_RECORDINGS_DATABASE_MIGRATE,app.env[1].value=never")
                .the("Job", "live-recordings-migration");

        assertEquals(
                "[{\"name\":\"LIVE_RECORDINGS_REGISTRY\",\"value\":\"postgresql\"},"
                        + "{\"name\":\"LIVE_RECORDINGS_DATABASE_MIGRATE\",\"value\":\"only\"}]",
                job.at("/spec/template/spec/containers/0/env").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.migration.enabled=false",
                "app.settings.LIVE_RECORDINGS_REGISTRY=memory",
                "app.env[0].name=LIVE_RECORDINGS_REGISTRY,app.env[0].value=memory"
            })
    void whereThereIsNothingToMigrateThereIsNoJob(String value) throws IOException {
        Manifests rendered = Helm.template("--values", values("my-values.yaml"), "--set", value);

        assertTrue(rendered.all().stream()
                .noneMatch(resource -> resource.at("/metadata/name").asText().contains("migration")));
    }

    /** The one with that name, in a list of its own. */
    private static ArrayNode only(String name, JsonNode all) {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        all.forEach(each -> {
            if (each.at("/name").asText().equals(name)) {
                found.add(each);
            }
        });
        return found;
    }

    private String values(String file) throws IOException {
        return Files.writeString(folder.resolve(file), Recipe.of("helm.md", file))
                .toString();
    }
}
