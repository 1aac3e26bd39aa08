package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.smallrye.config.WithDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.docs.Pages;
import org.liverecordings.recorder.guard.GuardConfig;

/** What the pages patch in an overlay is there to be patched: kustomize passes over a target that it doesn't find. */
class DocumentedPatchesIT {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** An entry of a list of patches: its target and the lines that are indented more than its dash. */
    private static final Pattern PATCH = Pattern.compile("(?m)^( *)- target: .*\\n(?:\\1 +.*\\n)+");

    static Stream<JsonNode> patches() throws IOException {
        Stream.Builder<JsonNode> patches = Stream.builder();
        for (Path page : Pages.all().toList()) {
            for (MatchResult patch : PATCH.matcher(Pages.text(page)).results().toList()) {
                patches.add(YAML.readTree(patch.group().stripIndent()).get(0));
            }
        }
        return patches.build();
    }

    @ParameterizedTest
    @MethodSource("patches")
    void everyPatchFindsItsTargetAndChangesIt(JsonNode patch) throws IOException {
        List<JsonNode> targets = Stream.of(
                        Manifests.kubernetes(), Manifests.knative(), Manifests.optional("gateway.yml"))
                .flatMap(manifests -> manifests.all().stream())
                .filter(resource -> isMeant(patch.at("/target"), resource))
                .toList();
        assertEquals(1, targets.size(), "targets of " + patch);

        JsonNode patched = patched(targets.get(0), patch);

        assertFalse(patched.equals(targets.get(0)), patch.toString());
    }

    private static boolean isMeant(JsonNode target, JsonNode resource) {
        String apiVersion = resource.at("/apiVersion").asText();
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        return target.at("/kind").equals(resource.at("/kind"))
                && (target.at("/group").isMissingNode()
                        || target.at("/group").asText().equals(group))
                && (target.at("/name").isMissingNode() || target.at("/name").equals(resource.at("/metadata/name")));
    }

    /** An operation that doesn't fit, such as the replacement of what isn't there, is an exception. */
    private static JsonNode patched(JsonNode resource, JsonNode patch) throws IOException {
        JsonNode operations = YAML.readTree(patch.at("/patch").asText());
        JsonStructure result = Json.createPatch(json(operations).asJsonArray()).apply(json(resource));
        return YAML.readTree(result.toString());
    }

    private static JsonStructure json(JsonNode node) {
        try (JsonReader reader = Json.createReader(new StringReader(node.toString()))) {
            return reader.read();
        }
    }

    @Test
    void moreMemoryIsGivenOnKnativeToo() throws IOException {
        List<String> kinds = patches()
                .filter(patch -> patch.at("/patch").asText().contains("/resources/limits/memory"))
                .map(patch -> patch.at("/target/kind").asText())
                .toList();

        assertEquals(List.of("Deployment", "Service"), kinds);
    }

    /** Cloud Run kills an instance 10 s after SIGTERM. */
    @Test
    void whatCloudRunAllowsForTheEndIsEnoughForARequestInFlight() throws Exception {
        Matcher timeout = Pattern.compile("QUARKUS_SHUTDOWN_TIMEOUT=(\\d+)s")
                .matcher(Pages.text(Path.of("docs", "deploying.md")));
        String deadline = GuardConfig.class
                .getMethod("deadline")
                .getAnnotation(WithDefault.class)
                .value();

        assertTrue(timeout.find());
        long seconds = Long.parseLong(timeout.group(1));
        assertTrue(seconds < 10, seconds + " s");
        assertTrue(seconds > Duration.parse("PT" + deadline).toSeconds(), seconds + " s, deadline " + deadline);
    }
}
