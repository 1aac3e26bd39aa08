package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.packaged.Helm.Output;
import org.liverecordings.support.BuildFolder;
import org.liverecordings.support.Recipe;
import org.liverecordings.support.TestTokens;

/**
 * The chart in the hands of the real Helm. What it renders is held against the manifests, which have tests of their own, and against the
 * overlay of the documentation in the hands of the real kubectl.
 */
class ChartIT {

    private static final Pattern OVERLAY =
            Pattern.compile("(?s)cat > deploy/kustomization\\.yaml <<'END'\\n(.*?)\\n *END\\n");

    @TempDir
    Path folder;

    @BeforeAll
    static void needsHelm() {
        assumeTrue(
                Helm.program("helm").isPresent() && Helm.program("kubectl").isPresent(),
                "LEFT OUT: ChartIT, there is no helm or kubectl: .ci/helm gets both");
    }

    @Test
    void helmFindsNothingWrongWithIt() {
        Output output = Helm.run("helm", "lint", "--strict", Helm.CHART.toString());

        assertEquals(0, output.exitCode(), output.text());
    }

    @Test
    void withoutValuesItIsTheManifests() {
        Manifests rendered = Helm.template("--set", "app.secrets.create=true");

        assertEquals(byName(Manifests.kubernetes().all()), byName(rendered.all()));
    }

    @Test
    void theManifestsDontKnowOfIt() {
        List<JsonNode> variables = Manifests.kubernetes()
                .the("Deployment")
                .at("/spec/template/spec/containers/0/env")
                .findValues("name");

        assertEquals(
                "[\"QUARKUS_SHUTDOWN_DELAY\", \"QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING\"]", variables.toString());
    }

    @Test
    void withTheValuesOfTheDocumentationItIsTheOverlayOfTheDocumentation() throws IOException {
        TreeMap<String, JsonNode> overlay = byName(overlay().all());
        overlay.keySet().removeIf(name -> name.startsWith("Secret ") || name.endsWith("-migration"));

        TreeMap<String, JsonNode> rendered = byName(Helm.template(
                        "--values",
                        values("my-values.yaml"),
                        "--set-file",
                        "app.files.lines\\.csv=src/main/resources/sample/lines.csv",
                        "--set-file",
                        "app.files.recordings\\.csv=src/main/resources/sample/recordings.csv")
                .all());

        rendered.keySet().removeIf(name -> name.endsWith("-migration"));
        assertEquals(overlay, rendered);
    }

    @Test
    void theOverlayReachesTheImageOfTheMigrationToo() throws IOException {
        JsonNode job = overlay().the("Job", "live-recordings-migration");

        assertEquals(
                "registry.example.com/live-recordings:1.0.0",
                job.at("/spec/template/spec/containers/0/image").asText());
    }

    @Test
    void theGatewayIsThatOfTheManifests() {
        Manifests rendered = Helm.template("--set", "app.gateway.enabled=true,app.ingress.enabled=false");
        Manifests manifests = Manifests.optional("gateway.yml");

        assertEquals(manifests.the("HTTPRoute"), rendered.the("HTTPRoute"));
        assertEquals(
                manifests.the("NetworkPolicy", "live-recordings-gateway"),
                rendered.the("NetworkPolicy", "live-recordings-gateway"));
        assertTrue(rendered.all().stream()
                .noneMatch(resource -> resource.at("/kind").asText().equals("Ingress")));
    }

    @Test
    void oneReplicaIsReplacedByStoppingItFirst() throws IOException {
        Manifests rendered = Helm.template("--values", values("one-replica.yaml"));

        assertEquals(
                "{\"type\":\"Recreate\"}",
                rendered.the("Deployment").at("/spec/strategy").toString());
        assertEquals(
                1,
                rendered.the("HorizontalPodAutoscaler").at("/spec/maxReplicas").asInt());
    }

    @Test
    void aChangedSettingMakesNewReplicas() {
        String annotations = "/spec/template/metadata/annotations";
        JsonNode before = Helm.template().the("Deployment").at(annotations);

        JsonNode after = Helm.template("--set-string", "app.settings.LIVE_RECORDINGS_STOP_HOLD=always")
                .the("Deployment")
                .at(annotations);

        assertNotEquals(before, after);
    }

    /** Each resource by its kind and name. That it was made anew for other settings is the chart's own affair. */
    private static TreeMap<String, JsonNode> byName(List<JsonNode> resources) {
        TreeMap<String, JsonNode> named = new TreeMap<>();
        for (JsonNode resource : resources) {
            JsonNode copy = resource.deepCopy();
            if (copy.at("/spec/template/metadata/annotations") instanceof ObjectNode annotations) {
                annotations.remove("live-recordings/settings");
            }
            named.put(
                    copy.at("/kind").asText() + " " + copy.at("/metadata/name").asText(), copy);
        }
        return named;
    }

    private String values(String file) throws IOException {
        return Files.writeString(folder.resolve(file), Recipe.of("helm.md", file))
                .toString();
    }

    /** What kubectl makes of the overlay. */
    private Manifests overlay() throws IOException {
        Path deploy = Files.createDirectories(folder.resolve("deploy"));
        for (Path file : List.of(
                BuildFolder.path("kubernetes", "kubernetes.yml"),
                Path.of("src/main/kubernetes/migration.yml"),
                Path.of("src/main/resources/sample/lines.csv"),
                Path.of("src/main/resources/sample/recordings.csv"))) {
            Files.copy(file, deploy.resolve(file.getFileName()));
        }
        Files.copy(TestTokens.publicKeyFile(), deploy.resolve("token-key.pem"));
        Files.writeString(deploy.resolve("passwords.env"), "QUARKUS_DATASOURCE_PASSWORD=its-password\n");
        Files.writeString(deploy.resolve("kustomization.yaml"), kustomization().stripIndent());
        Output output = Helm.run("kubectl", "kustomize", deploy.toString());
        assertEquals(0, output.exitCode(), output.text());
        return Manifests.parse(output.text());
    }

    private static String kustomization() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            pages.filter(page -> page.toString().endsWith(".md")))
                    .map(page -> OVERLAY.matcher(read(page)))
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no page shows an overlay"));
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
