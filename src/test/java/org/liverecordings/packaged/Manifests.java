package org.liverecordings.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** What the build wrote to {@code target/kubernetes}. */
final class Manifests {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final List<JsonNode> resources;

    private Manifests(List<JsonNode> resources) {
        this.resources = resources;
    }

    /** That of the migration is used as it is. */
    static Manifests migration() {
        return read(Path.of("src", "main", "kubernetes", "migration.yml"));
    }

    static Manifests kubernetes() {
        return read("kubernetes.yml");
    }

    static Manifests knative() {
        return read("knative.yml");
    }

    private static Manifests read(String file) {
        return read(Path.of("target", "kubernetes", file));
    }

    private static Manifests read(Path file) {
        try {
            return new Manifests(YAML.readerFor(JsonNode.class)
                    .<JsonNode>readValues(file.toFile())
                    .readAll());
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
