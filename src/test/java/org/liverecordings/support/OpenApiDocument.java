package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** An OpenAPI document, its references resolved where it is looked at. */
public final class OpenApiDocument {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;

    public OpenApiDocument(String yaml) {
        try {
            this.root = new ObjectMapper(new YAMLFactory()).readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each operation by its name, such as {@code delete /a/{id}}. */
    public Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        root.at("/paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.put(method.getKey() + " " + path.getKey(), method.getValue())));
        return operations;
    }

    /** The statuses that an operation is documented to answer. */
    public static Set<Integer> statuses(JsonNode operation) {
        Set<Integer> statuses = new TreeSet<>();
        operation.path("responses").fieldNames().forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
        return statuses;
    }

    /**
     * The names of an operation's parameters.
     *
     * @param in {@code query}, {@code path} or {@code header}
     */
    public Set<String> parameters(JsonNode operation, String in) {
        Set<String> names = new TreeSet<>();
        elements(operation.path("parameters"))
                .map(this::resolved)
                .filter(parameter -> parameter.path("in").asText().equals(in))
                .forEach(parameter -> names.add(parameter.path("name").asText()));
        return names;
    }

    /** The properties of a schema among the components. */
    public Set<String> properties(String schema) {
        Set<String> names = new TreeSet<>();
        at("/components/schemas/" + schema + "/properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    public JsonNode at(String pointer) {
        return root.at(pointer);
    }

    /**
     * What is wrong with an answer, by the document; empty if nothing is.
     *
     * @param contentType null for none
     * @param body empty for none
     */
    public String wrong(JsonNode operation, int status, String contentType, String body) {
        JsonNode response = resolved(operation.path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            return "the status isn't documented";
        }
        JsonNode content = response.path("content");
        if (body.isEmpty()) {
            return content.isMissingNode() ? "" : "a body is documented";
        }
        if (!content.has(contentType)) {
            return contentType + " isn't documented";
        }
        try {
            return wrong(JSON.readTree(body), content.path(contentType).path("schema"), "body");
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private String wrong(JsonNode value, JsonNode unresolved, String where) {
        JsonNode schema = resolved(unresolved);
        String type = typeOf(value);
        JsonNode allowed = schema.path("type");
        if (!allowed.isTextual()
                        && elements(allowed).noneMatch(one -> one.asText().equals(type))
                || allowed.isTextual() && !allowed.asText().equals(type)) {
            return where + " is " + type + ", not " + allowed;
        }
        Stream<String> missing = elements(schema.path("required"))
                .map(JsonNode::asText)
                .filter(name -> !value.has(name))
                .map(name -> where + " lacks " + name);
        Stream<String> ofProperties = value.properties().stream()
                .map(property -> schema.path("properties").has(property.getKey())
                        ? wrong(
                                property.getValue(),
                                schema.path("properties").path(property.getKey()),
                                where + "." + property.getKey())
                        : where + " has " + property.getKey());
        Stream<String> ofItems = value.isArray()
                ? elements(value).map(item -> wrong(item, schema.path("items"), where + "[]"))
                : Stream.of();
        return Stream.of(missing, ofProperties, ofItems)
                .flatMap(all -> all)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> value.getNodeType().name().toLowerCase();
        };
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
