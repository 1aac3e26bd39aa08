package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.liverecordings.support.BuildFolder;

/** The Job that brings the schema up to date, beside the manifests of the replicas that wait for it. */
class MigrationManifestIT {

    private static final String NAME = "live-recordings-migration";

    private final Manifests migration = Manifests.optional("migration.yml");
    private final Manifests kubernetes = Manifests.kubernetes();
    private final Manifests knative = Manifests.knative();

    @Test
    void itIsAJobAndItsWayThroughTheNetwork() {
        List<String> names = migration.all().stream()
                .map(resource -> resource.at("/apiVersion").asText() + " "
                        + resource.at("/kind").asText() + " "
                        + resource.at("/metadata/name").asText())
                .toList();
        assertEquals(List.of("batch/v1 Job " + NAME, "networking.k8s.io/v1 NetworkPolicy " + NAME), names);
    }

    @Test
    void theJobMigratesAndNobodyElseDoes() {
        assertEquals(
                "[{\"name\":\"LIVE_RECORDINGS_DATABASE_MIGRATE\",\"value\":\"only\"}]",
                container().at("/env").toString());
        for (Manifests replicas : List.of(kubernetes, knative)) {
            JsonNode settings = replicas.the("ConfigMap").at("/data");
            assertEquals(
                    "never", settings.path("LIVE_RECORDINGS_DATABASE_MIGRATE").asText());
        }
    }

    /** A probe that fails would end it half-way, and so would a deadline. */
    @Test
    void nothingEndsItHalfWay() {
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertFalse(container().has(probe), probe);
        }
        assertFalse(job().has("activeDeadlineSeconds"));
        assertFalse(pod().has("activeDeadlineSeconds"));
        assertEquals("Never", pod().at("/restartPolicy").asText());
        assertEquals(20, job().at("/backoffLimit").asInt());
    }

    @Test
    void itGetsTheReplicasImageSettingsPasswordsAndKeys() {
        assertEquals("live-recordings", container().at("/image").asText());
        assertTrue(replica().at("/image").asText().startsWith("live-recordings:"));
        List<String> sources = new ArrayList<>();
        container().at("/envFrom").forEach(source -> sources.add(source.toString()));
        assertEquals(
                List.of(
                        "{\"configMapRef\":{\"name\":\"live-recordings\"}}",
                        "{\"secretRef\":{\"name\":\"live-recordings\"}}"),
                sources);
        assertEquals(
                "[{\"name\":\"keys\",\"mountPath\":\"/etc/live-recordings/keys\",\"readOnly\":true}]",
                container().at("/volumeMounts").toString());
        assertEquals(0444, pod().at("/volumes/0/secret/defaultMode").asInt());
        assertEquals(
                "live-recordings-keys", pod().at("/volumes/0/secret/secretName").asText());
    }

    @Test
    void itMayNoMoreThanAReplica() {
        assertEquals(replica().at("/securityContext"), container().at("/securityContext"));
        assertTrue(pod().at("/securityContext/runAsNonRoot").asBoolean());
        assertEquals(
                "RuntimeDefault",
                pod().at("/securityContext/seccompProfile/type").asText());
        assertFalse(pod().at("/automountServiceAccountToken").asBoolean(true));
    }

    /** Else the Service would send requests to it, and the disruption budget would count it. */
    @Test
    void itsPodIsNoReplica() {
        JsonNode labels = job().at("/template/metadata/labels");
        assertEquals("{\"app.kubernetes.io/name\":\"" + NAME + "\"}", labels.toString());
        assertEquals(labels, migration.the("NetworkPolicy", NAME).at("/spec/podSelector/matchLabels"));
    }

    @Test
    void itReachesTheNameServiceAndTheDatabaseOnly() {
        JsonNode policy = migration.the("NetworkPolicy", NAME).at("/spec");
        assertEquals("[\"Ingress\",\"Egress\"]", policy.at("/policyTypes").toString());
        assertFalse(policy.has("ingress"));
        List<String> ports = new ArrayList<>();
        policy.at("/egress/0/ports")
                .forEach(port -> ports.add(
                        port.at("/protocol").asText() + " " + port.at("/port").asText()));
        assertEquals(List.of("UDP 53", "TCP 53", "UDP 5353", "TCP 5353", "TCP 5432"), ports);
    }

    /** With it, replicas of the registry `memory` would have a Job that fails. */
    @Test
    void itIsNotAmongTheOthers() throws IOException {
        for (String file : List.of("kubernetes.yml", "knative.yml")) {
            assertFalse(Files.readString(BuildFolder.path("kubernetes", file)).contains("kind: Job"), file);
        }
    }

    private JsonNode job() {
        return migration.the("Job", NAME).at("/spec");
    }

    private JsonNode pod() {
        return job().at("/template/spec");
    }

    private JsonNode container() {
        assertEquals(1, pod().at("/containers").size());
        return pod().at("/containers/0");
    }

    private JsonNode replica() {
        return kubernetes.the("Deployment").at("/spec/template/spec/containers/0");
    }
}
