package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.config.WithDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.support.BuildFolder;

class ManifestsIT {

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    private final Manifests kubernetes = Manifests.kubernetes();
    private final Manifests knative = Manifests.knative();

    @Test
    void kubernetesGetsEveryResourceItNeedsOnce() {
        assertEquals(
                List.of(
                        "ConfigMap live-recordings",
                        "ConfigMap live-recordings-csv",
                        "Deployment live-recordings",
                        "HorizontalPodAutoscaler live-recordings",
                        "Ingress live-recordings",
                        "NetworkPolicy live-recordings",
                        "PodDisruptionBudget live-recordings",
                        "Secret live-recordings",
                        "Secret live-recordings-keys",
                        "Service live-recordings"),
                names(kubernetes));
    }

    @Test
    void knativeGetsEveryResourceItNeedsOnce() {
        assertEquals(
                List.of(
                        "ConfigMap live-recordings",
                        "ConfigMap live-recordings-csv",
                        "Secret live-recordings",
                        "Secret live-recordings-keys",
                        "Service live-recordings"),
                names(knative));
        assertEquals(
                "serving.knative.dev/v1",
                knative.the("Service").at("/apiVersion").asText());
    }

    private static List<String> names(Manifests manifests) {
        return manifests.all().stream()
                .map(resource -> resource.at("/kind").asText() + " "
                        + resource.at("/metadata/name").asText())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "startupProbe, /q/health/started, 1, 1, 60",
        "livenessProbe, /q/health/live, 10, 3, 3",
        "readinessProbe, /q/health/ready, 2, 2, 2"
    })
    void eachProbeOfTheDeploymentHasItsOwnPathAndPace(
            String probe, String path, int period, int timeout, int failures) {
        assertProbe(container().path(probe), path, period, timeout, failures);
        assertEquals(8080, container().path(probe).at("/httpGet/port").asInt());
    }

    /** The zeros let Knative's proxy ask every 50 ms until an instance is ready: anything else would hold up the request that waits. */
    @ParameterizedTest
    @CsvSource({"livenessProbe, /q/health/live, 10, 3, 3", "readinessProbe, /q/health/ready, 0, 0, 0"})
    void eachProbeOfTheKnativeServiceHasItsOwnPathAndPace(
            String probe, String path, int period, int timeout, int failures) {
        assertProbe(knativeContainer().path(probe), path, period, timeout, failures);
    }

    private static void assertProbe(JsonNode probe, String path, int period, int timeout, int failures) {
        assertEquals(path, probe.at("/httpGet/path").asText());
        assertEquals("HTTP", probe.at("/httpGet/scheme").asText());
        assertEquals(0, probe.at("/initialDelaySeconds").asInt(-1));
        assertEquals(period, probe.at("/periodSeconds").asInt(-1));
        assertEquals(timeout, probe.at("/timeoutSeconds").asInt(-1));
        assertEquals(failures, probe.at("/failureThreshold").asInt(-1));
    }

    @Test
    void theImageAndItsPortAreTheSameEverywhere() {
        assertTrue(container().at("/image").asText().matches("live-recordings:\\d+\\.\\d+\\.\\d+.*"));
        assertEquals(container().at("/image"), knativeContainer().at("/image"));
        assertEquals(8080, container().at("/ports/0/containerPort").asInt());
        assertEquals("http", container().at("/ports/0/name").asText());
        assertEquals(8080, knativeContainer().at("/ports/0/containerPort").asInt());
        assertEquals(
                8080, kubernetes.the("Service").at("/spec/ports/0/targetPort").asInt());
        assertEquals("http", kubernetes.the("Service").at("/spec/ports/0/name").asText());
        assertEquals("ClusterIP", kubernetes.the("Service").at("/spec/type").asText());
    }

    @Test
    void memoryAndProcessorsAreAskedForAndLimited() {
        for (JsonNode container : List.of(container(), knativeContainer())) {
            assertEquals("128Mi", container.at("/resources/requests/memory").asText());
            assertEquals("512Mi", container.at("/resources/limits/memory").asText());
            assertEquals("100m", container.at("/resources/requests/cpu").asText());
            assertEquals("1", container.at("/resources/limits/cpu").asText());
        }
    }

    @Test
    void aCollectionThatCopiesTheWholeHeapStaysWithinTheLimit() throws IOException {
        Matcher heap =
                Pattern.compile("-R:MaxHeapSize=(\\d+)m").matcher(property("quarkus.native.additional-build-args"));
        assertTrue(heap.find());
        int copied = 2 * Integer.parseInt(heap.group(1));

        for (JsonNode container : List.of(container(), knativeContainer())) {
            String limit = container.at("/resources/limits/memory").asText();
            int beside = Integer.parseInt(limit.replace("Mi", "")) - copied;
            assertTrue(beside >= 128, limit + ", the heap twice " + copied + " MiB");
        }
    }

    @Test
    void thePodMayDoNothingThatItNeedNot() {
        JsonNode pod = pod();

        assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
        assertEquals(
                "RuntimeDefault", pod.at("/securityContext/seccompProfile/type").asText());
        assertFalse(pod.at("/automountServiceAccountToken").asBoolean(true));
        assertLockedIn(container());
    }

    @Test
    void theKnativeServiceMayDoNothingThatItNeedNot() {
        JsonNode container = knativeContainer();

        assertTrue(container.at("/securityContext/runAsNonRoot").asBoolean());
        assertEquals(
                "RuntimeDefault",
                container.at("/securityContext/seccompProfile/type").asText());
        assertFalse(knative.the("Service")
                .at("/spec/template/spec/automountServiceAccountToken")
                .asBoolean(true));
        assertLockedIn(container);
    }

    /** OpenShift gives each namespace ids of its own and refuses pods that ask for others. */
    @Test
    void userAndGroupAreLeftToTheImageAndTheCluster() {
        for (Manifests manifests : List.of(kubernetes, knative)) {
            for (JsonNode resource : manifests.all()) {
                for (String id : List.of("runAsUser", "runAsGroup", "fsGroup", "supplementalGroups")) {
                    assertEquals(List.of(), resource.findValues(id), id);
                }
            }
        }
    }

    private static void assertLockedIn(JsonNode container) {
        JsonNode context = container.at("/securityContext");
        assertFalse(context.at("/allowPrivilegeEscalation").asBoolean(true));
        assertTrue(context.at("/readOnlyRootFilesystem").asBoolean());
        assertEquals("[\"ALL\"]", context.at("/capabilities/drop").toString());
        assertTrue(context.at("/capabilities/add").isMissingNode());
        assertTrue(context.at("/privileged").isMissingNode());
    }

    @Test
    void outsideIsTheApiOnly() {
        JsonNode ingress = kubernetes.the("Ingress");

        assertEquals(1, ingress.at("/spec/rules").size());
        assertEquals(
                "live-recordings.example.com", ingress.at("/spec/rules/0/host").asText());
        assertEquals(1, ingress.at("/spec/rules/0/http/paths").size());
        JsonNode path = ingress.at("/spec/rules/0/http/paths/0");
        assertEquals(API + "(/|$)", path.at("/path").asText());
        assertEquals("ImplementationSpecific", path.at("/pathType").asText());
        assertTrue(ingress.at("/spec/defaultBackend").isMissingNode());
        assertEquals("nginx", ingress.at("/spec/ingressClassName").asText());
        assertEquals("live-recordings", path.at("/backend/service/name").asText());
        assertEquals("http", path.at("/backend/service/port/name").asText());
        assertEquals(
                "live-recordings.example.com", ingress.at("/spec/tls/0/hosts/0").asText());
        assertEquals("live-recordings-tls", ingress.at("/spec/tls/0/secretName").asText());
    }

    @Test
    void theIngressTriesAnotherReplicaOnceAndOnlyWhereAConnectionBreaks() {
        String nginx = "nginx.ingress.kubernetes.io/";
        Map<String, String> annotations = new TreeMap<>();
        kubernetes.the("Ingress").at("/metadata/annotations").properties().forEach(annotation -> {
            if (annotation.getKey().startsWith(nginx)) {
                annotations.put(
                        annotation.getKey().substring(nginx.length()),
                        annotation.getValue().asText());
            }
        });

        assertEquals(
                Map.of(
                        "use-regex",
                        "true",
                        "proxy-next-upstream",
                        "error",
                        "proxy-next-upstream-tries",
                        "2",
                        "proxy-read-timeout",
                        "15"),
                annotations);
    }

    /** Only the ingress controller of the Deployment is known to overwrite what a client says of itself. */
    @Test
    void whoTheClientIsIsTakenFromTheIngressOnly() {
        String forwarding = "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING";

        assertEquals("true", env().get(forwarding));
        assertTrue(knativeContainer().at("/env").isMissingNode());
        for (Manifests manifests : List.of(kubernetes, knative)) {
            assertFalse(manifests.the("ConfigMap").at("/data").has(forwarding));
        }
    }

    /** On a Service they would have each pod scraped once more, by whoever looks for Services. */
    @Test
    void theMetricsOfEachPodAreFoundOnce() {
        for (JsonNode resource : List.of(kubernetes.the("Deployment"), knative.the("Service"))) {
            JsonNode annotations = resource.at("/spec/template/metadata/annotations");
            assertEquals("true", annotations.path("prometheus.io/scrape").asText());
            assertEquals("/q/metrics", annotations.path("prometheus.io/path").asText());
            assertEquals("8080", annotations.path("prometheus.io/port").asText());
            assertEquals("http", annotations.path("prometheus.io/scheme").asText());
        }
        for (Manifests manifests : List.of(kubernetes, knative)) {
            assertTrue(manifests.all().stream()
                    .noneMatch(resource ->
                            resource.at("/metadata/annotations").toString().contains("prometheus.io")));
        }
    }

    @Test
    void knativeShowsTheServiceInsideTheClusterOnlyAndScalesItToZero() {
        JsonNode service = knative.the("Service");
        JsonNode scaling = service.at("/spec/template/metadata/annotations");

        assertEquals(
                "cluster-local",
                service.at("/metadata/labels")
                        .path("networking.knative.dev/visibility")
                        .asText());
        assertEquals("0", scaling.path("autoscaling.knative.dev/min-scale").asText());
        assertEquals("6", scaling.path("autoscaling.knative.dev/max-scale").asText());
        assertEquals(
                "concurrency", scaling.path("autoscaling.knative.dev/metric").asText());
        assertEquals("50", scaling.path("autoscaling.knative.dev/target").asText());
    }

    @Test
    void oneReplicaAtLeastIsLeftWhateverHappens() {
        assertEquals(
                1,
                kubernetes.the("PodDisruptionBudget").at("/spec/maxUnavailable").asInt());
        JsonNode deployment = kubernetes.the("Deployment");
        assertEquals(5, deployment.at("/spec/minReadySeconds").asInt());
        assertEquals("RollingUpdate", deployment.at("/spec/strategy/type").asText());
        JsonNode rolling = deployment.at("/spec/strategy/rollingUpdate");
        assertTrue(rolling.at("/maxUnavailable").isInt());
        assertEquals(0, rolling.at("/maxUnavailable").asInt(-1));
        assertTrue(rolling.at("/maxSurge").isInt());
        assertEquals(1, rolling.at("/maxSurge").asInt());
        assertEquals(
                "AlwaysAllow",
                kubernetes
                        .the("PodDisruptionBudget")
                        .at("/spec/unhealthyPodEvictionPolicy")
                        .asText());
    }

    @Test
    void replicasAreSpreadOverNodesAndZonesAsFarAsThereAreSome() {
        JsonNode spread = pod().at("/topologySpreadConstraints");

        assertEquals(List.of("kubernetes.io/hostname", "topology.kubernetes.io/zone"), texts(spread, "/topologyKey"));
        assertEquals(List.of("1", "1"), texts(spread, "/maxSkew"));
        assertEquals(List.of("ScheduleAnyway", "ScheduleAnyway"), texts(spread, "/whenUnsatisfiable"));
    }

    @Test
    void howManyReplicasThereAreIsTheAutoscalersToSay() {
        JsonNode scaler = kubernetes.the("HorizontalPodAutoscaler");

        assertTrue(kubernetes.the("Deployment").at("/spec/replicas").isMissingNode());
        assertEquals(2, scaler.at("/spec/minReplicas").asInt());
        assertEquals(6, scaler.at("/spec/maxReplicas").asInt());
        assertEquals("Deployment", scaler.at("/spec/scaleTargetRef/kind").asText());
        assertEquals("live-recordings", scaler.at("/spec/scaleTargetRef/name").asText());
        assertEquals(1, scaler.at("/spec/metrics").size());
        JsonNode metric = scaler.at("/spec/metrics/0");
        assertEquals("Resource", metric.at("/type").asText());
        assertEquals("cpu", metric.at("/resource/name").asText());
        assertEquals("AverageValue", metric.at("/resource/target/type").asText());
        assertEquals("500m", metric.at("/resource/target/averageValue").asText());
        assertTrue(metric.at("/resource/target/averageUtilization").isMissingNode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Service /spec/selector",
                "Deployment /spec/selector/matchLabels",
                "Deployment /spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels",
                "Deployment /spec/template/spec/topologySpreadConstraints/1/labelSelector/matchLabels",
                "PodDisruptionBudget /spec/selector/matchLabels",
                "NetworkPolicy /spec/podSelector/matchLabels"
            })
    void everySelectorFindsThePods(String where) {
        String[] kindAndPath = where.split(" ");
        JsonNode selector = kubernetes.the(kindAndPath[0]).at(kindAndPath[1]);

        assertEquals("{\"app.kubernetes.io/name\":\"live-recordings\"}", selector.toString());
        assertEquals(
                "live-recordings",
                kubernetes
                        .the("Deployment")
                        .at("/spec/template/metadata/labels")
                        .path("app.kubernetes.io/name")
                        .asText());
    }

    @Test
    void theNetworkIsClosedButForWhatIsNeeded() {
        JsonNode policy = kubernetes.the("NetworkPolicy").at("/spec");

        assertEquals("[\"Ingress\",\"Egress\"]", policy.at("/policyTypes").toString());
        assertEquals(1, policy.at("/ingress").size());
        String namespace = "/namespaceSelector/matchLabels/kubernetes.io~1metadata.name";
        assertEquals(List.of("ingress-nginx", "monitoring"), texts(policy.at("/ingress/0/from"), namespace));
        assertEquals(Set.of("TCP http"), ports(policy.at("/ingress/0")));
        assertEquals(2, policy.at("/egress").size());
        JsonNode names = policy.at("/egress/0");
        assertTrue(names.at("/to").isMissingNode());
        assertEquals(Set.of("UDP 53", "TCP 53", "UDP 5353", "TCP 5353"), ports(names));
        assertEquals(Set.of("TCP 443", "TCP 8443", "TCP 5432"), ports(policy.at("/egress/1")));
    }

    private static Set<String> ports(JsonNode rule) {
        return StreamSupport.stream(rule.at("/ports").spliterator(), false)
                .map(port ->
                        port.at("/protocol").asText() + " " + port.at("/port").asText())
                .collect(Collectors.toSet());
    }

    /** The later source wins: the Secret over the ConfigMap. */
    @Test
    void settingsFilesAndPasswordsComeFromConfigMapsAndSecrets() {
        for (JsonNode spec : List.of(pod(), knative.the("Service").at("/spec/template/spec"))) {
            assertEquals(
                    "[{\"configMapRef\":{\"name\":\"live-recordings\"}},{\"secretRef\":{\"name\":\"live-recordings\"}}]",
                    spec.at("/containers/0/envFrom").toString());
            assertEquals(Map.of("csv", "/etc/live-recordings/csv", "keys", "/etc/live-recordings/keys"), mounts(spec));
            for (JsonNode volume : spec.at("/volumes")) {
                boolean csv = volume.at("/name").asText().equals("csv");
                JsonNode source = volume.path(csv ? "configMap" : "secret");
                assertEquals(
                        csv ? "live-recordings-csv" : "live-recordings-keys",
                        source.path(csv ? "name" : "secretName").asText());
                // The files are root's: the service isn't.
                assertEquals(0444, source.path("defaultMode").asInt());
            }
        }
    }

    private static Map<String, String> mounts(JsonNode spec) {
        Map<String, String> mounts = new TreeMap<>();
        for (JsonNode mount : spec.at("/containers/0/volumeMounts")) {
            assertTrue(mount.at("/readOnly").asBoolean());
            mounts.put(mount.at("/name").asText(), mount.at("/mountPath").asText());
        }
        return mounts;
    }

    @Test
    void settingsNameTheFilesThatAreMounted() {
        for (Manifests manifests : List.of(kubernetes, knative)) {
            JsonNode settings = manifests.the("ConfigMap").at("/data");
            JsonNode files = manifests.the("ConfigMap", "live-recordings-csv").at("/data");

            assertEquals(
                    "/etc/live-recordings/csv/lines.csv",
                    settings.path("LIVE_RECORDINGS_LINES_FILE").asText());
            assertEquals(
                    "/etc/live-recordings/csv/recordings.csv",
                    settings.path("LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE").asText());
            assertTrue(files.has("lines.csv"));
            assertTrue(files.has("recordings.csv"));
        }
    }

    @Test
    void noPasswordAndNothingOfTheBuildingMachineIsInThem() throws IOException {
        for (Manifests manifests : List.of(kubernetes, knative)) {
            for (String name : List.of("live-recordings", "live-recordings-keys")) {
                assertTrue(manifests.the("Secret", name).at("/data").isEmpty());
                assertTrue(manifests.the("Secret", name).at("/stringData").isEmpty());
            }
        }
        for (String file : List.of("kubernetes.yml", "knative.yml")) {
            String text = Files.readString(BuildFolder.path("kubernetes", file));
            for (String unwanted : List.of("timestamp", "vcs-ur", "commit-id", System.getProperty("user.dir"))) {
                assertFalse(text.contains(unwanted), file + " has " + unwanted);
            }
        }
    }

    @Test
    void thereIsTimeForTheDelayAndForRequestsInFlightBeforeThePodIsKilled() throws IOException {
        Duration delay = Duration.parse("PT" + env().get("QUARKUS_SHUTDOWN_DELAY"));
        Duration timeout = Duration.parse("PT" + property("quarkus.shutdown.timeout"));
        Duration grace =
                Duration.ofSeconds(pod().at("/terminationGracePeriodSeconds").asLong());
        JsonNode readiness = container().at("/readinessProbe");
        Duration noticed = Duration.ofSeconds(readiness.at("/periodSeconds").asLong()
                * readiness.at("/failureThreshold").asLong());

        assertEquals("true", property("quarkus.shutdown.delay-enabled"));
        assertTrue(delay.compareTo(noticed) > 0, "delay " + delay + ", noticed after " + noticed);
        assertTrue(
                grace.compareTo(delay.plus(timeout)) > 0,
                "grace " + grace + ", delay " + delay + ", timeout " + timeout);
    }

    @Test
    void everybodyWaitsLongerThanTheRecorderMayTake() throws Exception {
        Duration deadline = Duration.parse("PT"
                + GuardConfig.class
                        .getMethod("deadline")
                        .getAnnotation(WithDefault.class)
                        .value());
        Duration ingress = Duration.ofSeconds(kubernetes
                .the("Ingress")
                .at("/metadata/annotations")
                .path("nginx.ingress.kubernetes.io/proxy-read-timeout")
                .asLong());
        Duration knativeTimeout = Duration.ofSeconds(
                knative.the("Service").at("/spec/template/spec/timeoutSeconds").asLong());
        Duration timeout = Duration.parse("PT" + property("quarkus.shutdown.timeout"));

        for (Duration wait : List.of(ingress, knativeTimeout, timeout)) {
            assertTrue(wait.compareTo(deadline) > 0, wait + ", deadline " + deadline);
        }
    }

    private Map<String, String> env() {
        Map<String, String> env = new TreeMap<>();
        for (JsonNode variable : container().at("/env")) {
            env.put(variable.at("/name").asText(), variable.at("/value").asText());
        }
        return env;
    }

    private static String property(String name) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("src", "main", "resources", "application.properties"))) {
            properties.load(in);
        }
        return properties.getProperty(name);
    }

    private static List<String> texts(JsonNode array, String pointer) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.at(pointer).asText())
                .toList();
    }

    private JsonNode pod() {
        return kubernetes.the("Deployment").at("/spec/template/spec");
    }

    private JsonNode container() {
        assertEquals(1, pod().at("/containers").size());
        return pod().at("/containers/0");
    }

    private JsonNode knativeContainer() {
        JsonNode containers = knative.the("Service").at("/spec/template/spec/containers");
        assertEquals(1, containers.size());
        return containers.get(0);
    }
}
