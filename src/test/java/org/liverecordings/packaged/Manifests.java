package org.liverecordings.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.liverecordings.support.BuildFolder;

/** What the build wrote to {@code target/kubernetes}, and what can be added to that. */
final class Manifests {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final List<JsonNode> resources;

    private Manifests(List<JsonNode> resources) {
        this.resources = resources;
    }

    static Manifests kubernetes() {
        return read(BuildFolder.path("kubernetes", "kubernetes.yml"));
    }

    static Manifests knative() {
        return read(BuildFolder.path("kubernetes", "knative.yml"));
    }

    /** A file of {@code src/main/kubernetes} that nothing is made of: an overlay names it as it is. */
    static Manifests optional(String file) {
        return read(Path.of("src", "main", "kubernetes", file));
    }

    private static Manifests read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Documents of YAML; empty ones don't count. */
    static Manifests parse(String yaml) {
        try {
            List<JsonNode> documents =
                    YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll();
            return new Manifests(documents.stream()
                    .filter(document -> document != null && document.isObject())
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> all() {
        return resources;
    }

    /** The only resource of that kind, by the service's name. */
    JsonNode the(String kind) {
        return the(kind, "live-recordings");
    }

    JsonNode the(String kind, String name) {
        List<JsonNode> found = resources.stream()
                .filter(resource -> resource.at("/kind").asText().equals(kind)
                        && resource.at("/metadata/name").asText().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " resources " + kind + " " + name);
        }
        return found.get(0);
    }
}
